using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>A run of operator calls that becomes one loop.</summary>
/// <param name="Name">The loop's class.</param>
/// <param name="Chain">The calls as written, for the summary comment.</param>
/// <param name="Sites">The numbers of the calls in chain order.</param>
/// <param name="In">The type of the records it reads.</param>
/// <param name="Out">The type of the records it writes.</param>
/// <param name="InVariable">A name for a record that is read.</param>
/// <param name="Stages">The operators whose functions run in the loop.</param>
/// <param name="End">What the loop writes to.</param>
/// <param name="EndFunctions">The functions of the operator that ends the chain.</param>
/// <param name="Vector">The vectorised form of its first operators; null where it has none.</param>
internal sealed record LoopModel(
    string Name,
    EquatableArray<string> Chain,
    EquatableArray<int> Sites,
    string In,
    string Out,
    bool ReadsText,
    bool NeedsPipeline,
    string InVariable,
    EquatableArray<StageModel> Stages,
    LoopEnd End,
    EquatableArray<FunctionModel> EndFunctions,
    string SourceName,
    string SinkName,
    string OtherSinkName,
    CombineModel? Combine,
    VectorModel? Vector)
{
    /// <summary>
    /// The reduction's first record goes to a sink of its own, <see cref="OtherSinkName"/>, which spares all others the question whether they are the
    /// first. Only where a record gives at most one result: such a loop can stop after a result and go on with another sink.
    /// </summary>
    public bool ReducesFirstApart => End == LoopEnd.Reduce && OtherSinkName.Length > 0;

    /// <summary>Where the chain begins with an operator that a source over text does; otherwise null.</summary>
    public TextHeadModel? TextHead { get; init; }

    /// <summary>The function of the operator with a state that ends the chain; null for others.</summary>
    public StateModel? State { get; init; }

    /// <summary>The functions of the window with an inverse that ends the chain; null for others.</summary>
    public SlidingModel? Sliding { get; init; }

    /// <summary>The type of the value that a loop adds its records to; empty for other ends.</summary>
    public string Aggregated { get; init; } = "";

    /// <summary>True where the records are large: the loop reads them where they lie.</summary>
    public bool ReadsByReference { get; init; }

    public bool ReadsPartition => Stages.Count > 0 && Stages[0].Kind is StageKind.MapPartitions or StageKind.Glom;
}

/// <summary>The function of an operator with a state.</summary>
/// <param name="Name">The struct that calls it.</param>
/// <param name="Function">The function.</param>
/// <param name="IsMapping">True for one that maps records, false for one that updates keys.</param>
/// <param name="IsTimed">Whether it is told the time (and the key, where it updates keys).</param>
/// <param name="TimeType">The type of the time.</param>
/// <param name="TypeArguments">The operator's type arguments: key, value, state, and what records are mapped to.</param>
/// <param name="Parameters">The types of its last two parameters: values and state.</param>
internal sealed record StateModel(
    string Name, FunctionModel Function, bool IsMapping, bool IsTimed, string TimeType, EquatableArray<string> TypeArguments, EquatableArray<string> Parameters);

/// <summary>The functions of a window by key that slides.</summary>
/// <param name="Name">The struct that calls them.</param>
/// <param name="Key">The type of the keys.</param>
/// <param name="Value">The type of the values.</param>
/// <param name="Add">Combines two values.</param>
/// <param name="Remove">Takes a value out of another.</param>
/// <param name="Filter">Says which keys stay; null for all.</param>
internal sealed record SlidingModel(string Name, string Key, string Value, FunctionModel Add, FunctionModel Remove, FunctionModel? Filter)
{
    public bool NeedsPipeline => Add.Kind == FunctionKind.Instance || Remove.Kind == FunctionKind.Instance || Filter?.Kind == FunctionKind.Instance;
}

/// <summary>An operator within a loop.</summary>
/// <param name="Function">Its function; null for one without.</param>
/// <param name="Result">The variable that holds its result where one is needed.</param>
internal sealed record StageModel(StageKind Kind, FunctionModel? Function, string Result, string Item);

internal enum StageKind
{
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

    /// <summary>The record beside a one: the map side of a count by value.</summary>
    PairWithOne,

    /// <summary>The record beside nothing, as a key: the map side of an operator that compares whole records.</summary>
    PairWithNothing,
}

/// <summary>What a loop writes to.</summary>
internal enum LoopEnd
{
    /// <summary>Whatever consumes the stream: a block, another loop, any output.</summary>
    Open,
    Block,
    Combine,
    Count,
    Reduce,

    /// <summary>A value of another type that records are added to.</summary>
    Aggregate,
    Take,
    ForEach,

    /// <summary>An enumerable that the user's function reads.</summary>
    Pull,
}

/// <summary>The map side of a combination by key.</summary>
internal sealed record CombineModel(KeyModel KeyModel, string Value, string Combined, CombineKind Kind, string CombinerName)
{
    public string Key => KeyModel.Type;
}

/// <summary>A key's type, and how such keys are compared and hashed.</summary>
/// <param name="Elements">The elements of a tuple.</param>
internal sealed record KeyModel(string Type, KeyEquality Equality, EquatableArray<KeyModel> Elements);

internal enum CombineKind
{
    Reduce,
    Combine,
    Count,

    /// <summary>The keys are all that counts.</summary>
    Distinct,
}

/// <summary>How keys are compared and hashed.</summary>
internal enum KeyEquality
{
    /// <summary>By the type's default comparer.</summary>
    Default,

    /// <summary>By <c>==</c>: integers, characters, booleans.</summary>
    Operator,
    String,

    /// <summary>UTF-8 text; short ones are compared as whole words.</summary>
    Utf8,

    /// <summary>Element by element.</summary>
    Tuple,
}

/// <summary>A struct end that depends on the record type only.</summary>
internal sealed record EndModel(EndKind Kind, string Name, string Type);

internal enum EndKind
{
    Source,

    /// <summary>Gives references to the records.</summary>
    ReferenceSource,
    BlockSink,
    CountSink,

    /// <summary>Takes the record that a reduction begins with.</summary>
    FirstSink,
    TakeSink,
    OutputSink,
}
