namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Random programs over random data give the same fused and unfused.</summary>
[Collection(nameof(Corpus))]
public sealed class DifferentialTests(Corpus corpus)
{
    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, Corpus.Blocks)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void FusedIsUnfused_OverRandomPrograms(int block)
    {
        foreach (var outcome in corpus.Run(block))
        {
            if (!outcome.Fused.Lines.SequenceEqual(outcome.Unfused.Lines))
            {
                var differing = outcome.Fused.Lines.Zip(outcome.Unfused.Lines).Where(pair => pair.First != pair.Second).Take(3);
                Assert.Fail($"Seed {outcome.Program.Seed} differs:\n"
                    + string.Join('\n', differing.Select(pair => $"  fused   {pair.First}\n  unfused {pair.Second}"))
                    + $"\n({outcome.Fused.Lines.Count} lines fused, {outcome.Unfused.Lines.Count} unfused)\n{outcome.Program.Text}");
            }

            Assert.True(outcome.Fused.ArraysOutstanding == 0, $"Seed {outcome.Program.Seed}: {outcome.Fused.ArraysOutstanding} arrays were not returned.\n{outcome.Program.Text}");
            Assert.True(outcome.Unfused.ArraysOutstanding == 0, $"Seed {outcome.Program.Seed}, unfused: {outcome.Unfused.ArraysOutstanding} arrays were not returned.");
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void EveryCallWithSomethingToFuse_RanInsideAGeneratedLoop(int block)
    {
        foreach (var outcome in corpus.Run(block))
        {
            // What stands behind a function that throws in every batch may never be planned.
            if (outcome.Fused.Lines.Any(line => line.Contains(" failed: ", StringComparison.Ordinal)))
            {
                continue;
            }

            var missing = outcome.Reached.Where(call => !call.IsAlone).Except(outcome.Bound).ToList();
            if (missing.Count > 0)
            {
                var reasons = outcome.Fused.Report.UnboundSites.Select(pair => $"  {pair.Key}: {pair.Value}");
                Assert.Fail($"Seed {outcome.Program.Seed}: unfused {string.Join(", ", missing)}\n{string.Join('\n', reasons)}\n{outcome.Program.Text}");
            }
        }
    }
}
