namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Random programs of windows, states and joins, over many random batches, give the same fused and unfused, and fail only as they say.</summary>
[Collection(nameof(StreamCorpus))]
public sealed class StreamDifferentialTests(StreamCorpus corpus)
{
    /// <summary>Functions that throw, sums that do not fit, actions on nothing.</summary>
    private static readonly string[] Allowed =
    [
        "System.FormatException: bad ", "System.OverflowException: ", "System.InvalidOperationException: The data set is empty", "CodegenStreaming.MissingStateException: ",
    ];

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, StreamCorpus.Blocks)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void FusedIsUnfused_OverManyBatches(int block) => Assert.All(corpus.Run(block), outcome => outcome.AssertSame());

    [Theory]
    [MemberData(nameof(Blocks))]
    public void EveryCallWithSomethingToFuse_RanInsideAGeneratedLoop(int block) => Assert.All(corpus.Run(block), outcome => outcome.AssertFused());

    [Theory]
    [MemberData(nameof(Blocks))]
    public void BatchesAreTheSame_InWhateverOrderTheyAreComputed(int block) => Assert.All(corpus.Run(block), outcome => outcome.AssertSameOutOfOrder());

    [Theory]
    [MemberData(nameof(Blocks))]
    public void NothingFails_ButWhatTheProgramSays(int block) => Assert.All(corpus.Run(block), outcome =>
    {
        var hasEarlyFilter = outcome.Program.Text.Contains(ChainWriter.EarlyFilter, StringComparison.Ordinal);
        var unexpected = outcome.Failures.Where(line =>
            !Array.Exists(Allowed, text => line.Contains(text, StringComparison.Ordinal))
            && !(hasEarlyFilter && line.Contains("leave the window of ReduceByKeyAndWindow", StringComparison.Ordinal)));
        Assert.True(!unexpected.Any(), $"Seed {outcome.Program.Seed}: {unexpected.FirstOrDefault()}\n{outcome.Program.Text}");
    });

    [Theory]
    [MemberData(nameof(Blocks))]
    public void WindowsStatesAndJoins_AreWhatPlainCodeMakesOfAllBatches(int block) => Assert.All(corpus.Run(block), outcome =>
    {
        // Batches of a stream that fails are not kept.
        var wrong = outcome.Fused.Lines.Where(line => line.Contains(Harness.ResultLog.Wrong, StringComparison.Ordinal));
        Assert.True(outcome.HasThrown || !wrong.Any(), $"Seed {outcome.Program.Seed}: {wrong.FirstOrDefault()}\n{outcome.Program.Text}");
    });
}
