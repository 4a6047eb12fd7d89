using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>What a random program did, and which of its calls ran inside generated loops.</summary>
internal sealed record ProgramOutcome(RandomProgram Program, RunResult Fused, RunResult Unfused, IReadOnlySet<OperatorCall> Bound)
{
    /// <summary>The same with several batches under way, the latest of them first; null where that was not tried.</summary>
    public RunResult? OutOfOrder { get; init; }

    public IEnumerable<OperatorCall> Reached => Program.Calls.Where(call => call.IsReached);

    public IEnumerable<string> Failures => Fused.Lines.Where(line => line.Contains(" failed: ", StringComparison.Ordinal));

    /// <summary>Something has failed, but for actions that ask for what an empty data set does not have.</summary>
    public bool HasThrown => Failures.Any(line => !line.Contains("The data set is empty", StringComparison.Ordinal));

    /// <summary>The program has done the same fused and unfused, and no array is missing.</summary>
    public void AssertSame()
    {
        if (!Fused.Lines.SequenceEqual(Unfused.Lines))
        {
            var differing = Fused.Lines.Zip(Unfused.Lines).Where(pair => pair.First != pair.Second).Take(3);
            Assert.Fail($"Seed {Program.Seed} differs:\n"
                + string.Join('\n', differing.Select(pair => $"  fused   {pair.First}\n  unfused {pair.Second}"))
                + $"\n({Fused.Lines.Count} lines fused, {Unfused.Lines.Count} unfused)\n{Program.Text}");
        }

        Assert.True(Fused.ArraysOutstanding == 0, $"Seed {Program.Seed}: {Fused.ArraysOutstanding} arrays were not returned.\n{Program.Text}");
        Assert.True(Unfused.ArraysOutstanding == 0, $"Seed {Program.Seed}, unfused: {Unfused.ArraysOutstanding} arrays were not returned.\n{Program.Text}");
    }

    /// <summary>Every batch has given the same when it was computed after later ones.</summary>
    public void AssertSameOutOfOrder()
    {
        // What fails does so elsewhere: the batch that is computed first says why.
        if (OutOfOrder is null || HasThrown)
        {
            return;
        }

        var differing = OutputsOf(Fused).Except(OutputsOf(OutOfOrder)).Take(3).Concat(OutputsOf(OutOfOrder).Except(OutputsOf(Fused)).Take(3)).ToList();
        Assert.True(differing.Count == 0, $"Seed {Program.Seed} differs out of order:\n{string.Join('\n', differing)}\n{Program.Text}");
        Assert.True(OutOfOrder.ArraysOutstanding == 0, $"Seed {Program.Seed}, out of order: {OutOfOrder.ArraysOutstanding} arrays were not returned.\n{Program.Text}");

        // Neither what is compared with batches kept in their order, nor the calls of a batch, which another one may have made.
        static IEnumerable<string> OutputsOf(RunResult result) => result.Lines.Where(line =>
            line.Contains(" out", StringComparison.Ordinal) && char.IsAsciiDigit(line[0]) && !line.Contains(": called ", StringComparison.Ordinal));
    }

    /// <summary>Every call that a loop can be made for ran in one.</summary>
    public void AssertFused()
    {
        // What stands behind a function that throws in every batch may never be planned.
        if (HasThrown)
        {
            return;
        }

        var missing = Reached.Where(call => !call.IsAlone).Except(Bound).ToList();
        if (missing.Count > 0)
        {
            var reasons = Fused.Report.UnboundSites.Select(pair => $"  {pair.Key}: {pair.Value}");
            Assert.Fail($"Seed {Program.Seed}: unfused {string.Join(", ", missing)}\n{string.Join('\n', reasons)}\n{Program.Text}");
        }
    }
}
