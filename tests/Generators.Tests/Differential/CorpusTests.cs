namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>The random programs are worth running: they compute something, and they contain every kind of operator, function and place.</summary>
[Collection(nameof(Corpus))]
public sealed class CorpusTests(Corpus corpus)
{
    private static readonly string[] Operators =
    [
        "Map", "FlatMap", "Filter", "MapPartitions", "Glom", "Repartition", "Count", "Reduce", "CountByValue", "ReduceByKey", "GroupByKey", "CombineByKey",
        "UpdateStateByKey", "MapWithState", "MapValues", "FlatMapValues", "KeyBy", "Distinct", "SortBy", "Keys", "Values", "AggregateByKey", "Sum", "Aggregate", "Fold", "Collect", "Take", "First", "Foreach", "ForeachPartition", "ToLocalIterator", "Print",
    ];

    /// <summary>Those that take no part in a loop.</summary>
    private static readonly string[] Others =
    [
        "Coalesce", "MapPartitionsWithIndex", "PartitionBy", "SortByKey", "Subtract", "SubtractByKey", "Join", "LeftOuterJoin", "RightOuterJoin", "FullOuterJoin", "Cogroup",
        "Top", "TakeOrdered", "CountByKey", "CollectAsMap", "Lookup", "Min", "Max", "IsEmpty", "SaveAsTextFile",
    ];

    private static readonly string[] Forms =
    [
        "lambda over this", "lambda over field", "lambda over parameter", "lambda over captured local", "lambda over local constant", "lambda over static field",
        "block over this", "block over field", "block over parameter", "block over captured local", "block over local constant", "block over literal",
        "method group", "static method group", "static lambda", "typed parameters", "discard", "local function", "delegate local", "lambda over partitions", "text head",
    ];

    private static readonly string[] Contexts =
    [
        "definition", "local", "fan-out", "loop", "condition", "union", "helper method", "static helper method", "operators class", "around a helper",
        "transform", "helper over data sets", "foreachRdd",
    ];

    private IEnumerable<ProgramOutcome> All => Enumerable.Range(0, Corpus.Blocks).SelectMany(corpus.Run);

    [Fact]
    public void MostOutputs_HaveRecords()
    {
        var outputs = All.SelectMany(outcome => outcome.Unfused.Lines)
            .Where(line => !line.StartsWith("2 ", StringComparison.Ordinal) && !line.Contains(": called ", StringComparison.Ordinal))
            .ToList();
        var failed = outputs.Count(line => line.Contains(" failed: ", StringComparison.Ordinal));
        var empty = outputs.Count(line => line.EndsWith("[]", StringComparison.Ordinal) || line.EndsWith(": 0", StringComparison.Ordinal));

        Assert.InRange(failed, 10, outputs.Count / 10);
        Assert.True(empty < outputs.Count / 4, $"{empty} of {outputs.Count} outputs are empty.");
    }

    [Fact]
    public void EveryOperatorFormAndPlace_OccursTenTimes()
    {
        var calls = All.SelectMany(outcome => outcome.Reached).ToList();
        Assert.All(Operators.Concat(Others), name => Assert.True(calls.Count(call => call.Operator == name) >= 10, name));
        Assert.All(Forms, form => Assert.True(calls.Count(call => call.Form == form) >= 10, form));
        Assert.All(Contexts, context => Assert.True(calls.Count(call => call.Context == context) >= 10, context));
    }

    [Fact]
    public void NearlyEveryCall_RanInsideAGeneratedLoop()
    {
        var reached = All.Sum(outcome => outcome.Reached.Count(call => !Others.Contains(call.Operator)));
        var bound = All.Sum(outcome => outcome.Bound.Count);
        Assert.True(bound >= reached * 0.95, $"{bound} of {reached} calls ran inside generated loops.");
    }

    [Fact]
    public void EveryOperatorFormAndPlace_RanInsideAGeneratedLoop()
    {
        var bound = All.SelectMany(outcome => outcome.Bound).ToList();
        Assert.Empty(Operators.Except(bound.Select(call => call.Operator)));
        Assert.Empty(Forms.Except(bound.Select(call => call.Form)));
        Assert.Empty(Contexts.Except(bound.Select(call => call.Context)));
    }
}
