using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>The random programs of windows, states and joins are worth running: they compute something, and they contain every kind of operator.</summary>
[Collection(nameof(StreamCorpus))]
public sealed class StreamCorpusTests(StreamCorpus corpus)
{
    /// <summary>Those that end a loop.</summary>
    private static readonly string[] Operators =
    [
        "CountByWindow", "ReduceByWindow", "ReduceByKeyAndWindow", "GroupByKeyAndWindow", "CountByValueAndWindow", "UpdateStateByKey", "MapWithState",
    ];

    private static readonly string[] Others = ["Window", "Join", "LeftOuterJoin", "RightOuterJoin", "FullOuterJoin", "Cogroup"];

    /// <summary>Ways to say it.</summary>
    private static readonly string[] Texts =
    [
        ", filter: ", ChainWriter.EarlyFilter, ".StateSnapshots()", ".Timeout(", ".InitialState(", "initialState: ", ".NumPartitions(", ".Partitioner(", "BatchTime time, ",
        "(IReadOnlyList<", "(IEnumerable<(", "slideDuration: ", ", null, ", "streaming.Union(", ".TransformWith(",
    ];

    private IReadOnlyList<ProgramOutcome> All => [.. Enumerable.Range(0, StreamCorpus.Blocks).SelectMany(corpus.Run)];

    [Fact]
    public void EveryOperator_OccursTwentyTimes_AndThoseThatEndALoopRanInOne()
    {
        var calls = All.SelectMany(outcome => outcome.Program.Calls).ToList();
        var bound = All.SelectMany(outcome => outcome.Bound).ToList();
        Assert.All(Operators.Concat(Others), name => Assert.True(calls.Count(call => call.Operator == name) >= 20, name));
        Assert.All(Operators, name => Assert.True(bound.Count(call => call.Operator == name) >= 10, name));
        Assert.All(Texts, text => Assert.True(All.Count(outcome => outcome.Program.Text.Contains(text, StringComparison.Ordinal)) >= 5, text));
    }

    [Fact]
    public void MostOutputs_HaveRecords_AndFewFail()
    {
        var outputs = All.SelectMany(outcome => outcome.Unfused.Lines).Where(line => line.Contains(" out", StringComparison.Ordinal)).ToList();
        var failed = outputs.Count(line => line.Contains(" failed: ", StringComparison.Ordinal));
        var empty = outputs.Count(line => line.EndsWith("[]", StringComparison.Ordinal) || line.EndsWith(": 0", StringComparison.Ordinal));
        Assert.InRange(failed, 10, outputs.Count / 8);
        Assert.True(empty < outputs.Count * 0.4, $"{empty} of {outputs.Count} outputs are empty.");
    }

    [Fact]
    public void WindowsStatesAndJoinsAreComparedWithPlainCode_AndMostlyHaveRecords()
    {
        var compared = All.Where(outcome => !outcome.HasThrown).SelectMany(outcome => outcome.Fused.Lines)
            .Where(line => line.EndsWith(ResultLog.Right, StringComparison.Ordinal)).ToList();
        var empty = compared.Count(line => line.EndsWith($": 0{ResultLog.Right}", StringComparison.Ordinal));
        Assert.True(compared.Count >= 2000, $"{compared.Count} results were compared.");
        Assert.True(empty < compared.Count * 0.4, $"{empty} of {compared.Count} results were empty.");
    }
}
