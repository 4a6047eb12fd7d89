using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse;

/// <summary>What the generator knows of an operator.</summary>
internal enum OperatorKind
{
    /// <summary>Annotated only; a chain ends before it and begins anew after it.</summary>
    Other,
    Map,
    Filter,
    FlatMap,
    MapValues,
    FlatMapValues,
    KeyBy,
    Keys,
    Values,
    MapPartitions,
    Glom,
    ReduceByKey,
    CombineByKey,
    AggregateByKey,
    CountByValue,
    Distinct,
    GroupByKey,

    /// <summary>Keeps a state: the loop before it ends in its records, its functions are the runtime's to call.</summary>
    KeepState,
    Repartition,
    SortBy,
    Count,
    Reduce,
    Aggregate,
    Sum,
    Take,
    Collect,
    ForEach,
    ForEachPartition,
    ToLocalIterator,

    /// <summary>Gives its own receiver, or nothing; a chain ends before it and begins anew after it. Annotated, like an action, only where it needs a codec.</summary>
    Keep,
}

internal static class OperatorTable
{
    private static readonly Dictionary<string, OperatorKind> Both = new()
    {
        ["Map"] = OperatorKind.Map,
        ["Filter"] = OperatorKind.Filter,
        ["FlatMap"] = OperatorKind.FlatMap,
        ["MapValues"] = OperatorKind.MapValues,
        ["FlatMapValues"] = OperatorKind.FlatMapValues,
        ["KeyBy"] = OperatorKind.KeyBy,
        ["MapPartitions"] = OperatorKind.MapPartitions,
        ["Glom"] = OperatorKind.Glom,
        ["ReduceByKey"] = OperatorKind.ReduceByKey,
        ["CombineByKey"] = OperatorKind.CombineByKey,
        ["CountByValue"] = OperatorKind.CountByValue,
        ["GroupByKey"] = OperatorKind.GroupByKey,
        ["Repartition"] = OperatorKind.Repartition,
        ["Count"] = OperatorKind.Count,
        ["Reduce"] = OperatorKind.Reduce,
        ["MapAsync"] = OperatorKind.Other,
        ["FlatMapAsync"] = OperatorKind.Other,
        ["FilterAsync"] = OperatorKind.Other,
        ["Union"] = OperatorKind.Other,
        ["Join"] = OperatorKind.Other,
        ["LeftOuterJoin"] = OperatorKind.Other,
        ["RightOuterJoin"] = OperatorKind.Other,
        ["FullOuterJoin"] = OperatorKind.Other,
        ["Cogroup"] = OperatorKind.Other,
        ["Persist"] = OperatorKind.Keep,
        ["Cache"] = OperatorKind.Keep,
    };

    private static readonly Dictionary<string, OperatorKind> Streams = new()
    {
        ["Window"] = OperatorKind.Other,
        ["CountByWindow"] = OperatorKind.Count,
        ["ReduceByWindow"] = OperatorKind.Reduce,
        ["ReduceByKeyAndWindow"] = OperatorKind.ReduceByKey,
        ["GroupByKeyAndWindow"] = OperatorKind.GroupByKey,
        ["CountByValueAndWindow"] = OperatorKind.CountByValue,
        ["Transform"] = OperatorKind.Other,
        ["TransformWith"] = OperatorKind.Other,
        ["UpdateStateByKey"] = OperatorKind.KeepState,
        ["MapWithState"] = OperatorKind.KeepState,
        ["ForeachRdd"] = OperatorKind.Other,
        ["SaveAsTextFiles"] = OperatorKind.Other,
        ["SaveAsObjectFiles"] = OperatorKind.Other,
        ["ToChannel"] = OperatorKind.Other,
        ["Print"] = OperatorKind.Take,
    };

    private static readonly Dictionary<string, OperatorKind> Rdds = new()
    {
        ["Aggregate"] = OperatorKind.Aggregate,
        ["AggregateByKey"] = OperatorKind.AggregateByKey,
        ["Checkpoint"] = OperatorKind.Keep,
        ["Coalesce"] = OperatorKind.Other,
        ["Distinct"] = OperatorKind.Distinct,
        ["Fold"] = OperatorKind.Aggregate,
        ["Keys"] = OperatorKind.Keys,
        ["MapPartitionsWithIndex"] = OperatorKind.Other,
        ["PartitionBy"] = OperatorKind.Other,
        ["SortBy"] = OperatorKind.SortBy,
        ["SortByKey"] = OperatorKind.Other,
        ["Subtract"] = OperatorKind.Other,
        ["SubtractByKey"] = OperatorKind.Other,
        ["SaveAsObjectFile"] = OperatorKind.Other,
        ["Sum"] = OperatorKind.Sum,
        ["Unpersist"] = OperatorKind.Keep,
        ["Values"] = OperatorKind.Values,
        ["Collect"] = OperatorKind.Collect,
        ["Take"] = OperatorKind.Take,
        ["First"] = OperatorKind.Take,
        ["Foreach"] = OperatorKind.ForEach,
        ["ForeachPartition"] = OperatorKind.ForEachPartition,
        ["ForeachAsync"] = OperatorKind.Other,
        ["ForeachPartitionAsync"] = OperatorKind.Other,
        ["ToLocalIterator"] = OperatorKind.ToLocalIterator,
    };

    /// <summary>Methods of a context, of an engine or of streams, that make a data set or a stream, and need to know the class that calls them.</summary>
    private static readonly Dictionary<string, OperatorKind> Sources = new()
    {
        ["ObjectFile"] = OperatorKind.Other,
        ["LogStream"] = OperatorKind.Other,
    };

    /// <summary>A cheap first look at a call's name.</summary>
    public static bool MayBeOperator(string name) =>
        Both.ContainsKey(name) || Streams.ContainsKey(name) || Rdds.ContainsKey(name) || Sources.ContainsKey(name);

    /// <summary>The same for calls outside annotated classes: only operators whose function would run in a loop, and no name that LINQ has too.</summary>
    public static bool MayHaveFunction(string name) =>
        (Both.TryGetValue(name, out var kind) || Streams.TryGetValue(name, out kind) || Rdds.TryGetValue(name, out kind))
        && ((IsNarrow(kind) && kind is not (OperatorKind.Keys or OperatorKind.Values))
            || kind is OperatorKind.MapPartitions or OperatorKind.ReduceByKey or OperatorKind.CombineByKey or OperatorKind.AggregateByKey or OperatorKind.SortBy
            or OperatorKind.Reduce or OperatorKind.ForEach);

    public static OperatorKind? Find(string name, bool isStream) =>
        Both.TryGetValue(name, out var kind) || (isStream ? Streams : Rdds).TryGetValue(name, out kind) ? kind : null;

    public static OperatorKind? FindSource(string name) => Sources.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>True for a <see cref="OperatorKind.Keep"/> that may write records as bytes, so that it has to find the class's codecs.</summary>
    public static bool StoresRecords(IMethodSymbol method, bool isStream) =>
        !isStream && method is { Name: "Persist", Parameters.Length: > 0 } or { Name: "Checkpoint" };

    /// <summary>How many of an operator's functions belong to the loop that it ends: an inverse or a filter of a window runs behind it.</summary>
    public static int FunctionsInLoop(string name) => name is "ReduceByWindow" or "ReduceByKeyAndWindow" ? 1 : int.MaxValue;

    /// <summary>True for an operator that runs within a loop and hands records on.</summary>
    public static bool IsNarrow(OperatorKind kind) => kind is >= OperatorKind.Map and <= OperatorKind.Values;

    public static bool ReadsPartition(OperatorKind kind) => kind is OperatorKind.MapPartitions or OperatorKind.Glom;

    /// <summary>True for an operator whose first half ends a loop.</summary>
    public static bool EndsLoop(OperatorKind kind) => kind >= OperatorKind.ReduceByKey;

    /// <summary>True when a loop with this operator alone is worth having: its function, or its table, is inlined.</summary>
    public static bool HasLoopOfItsOwn(OperatorKind kind) =>
        kind is OperatorKind.ReduceByKey or OperatorKind.CombineByKey or OperatorKind.AggregateByKey or OperatorKind.CountByValue or OperatorKind.Distinct
            or OperatorKind.SortBy or OperatorKind.Reduce or OperatorKind.Aggregate or OperatorKind.Sum or OperatorKind.ForEach;
}
