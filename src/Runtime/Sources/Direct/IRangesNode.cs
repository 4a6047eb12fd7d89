using CodegenStreaming.Execution;

namespace CodegenStreaming.Sources;

/// <summary>A leaf whose partitions are ranges of a source.</summary>
internal interface IRangesNode
{
    /// <summary>The type of positions.</summary>
    Type PositionType { get; }
}

/// <summary>The same with positions of a type.</summary>
internal interface IRangesNode<TPosition> : IRangesNode
{
    /// <summary>The ranges of a batch, one for each partition.</summary>
    IReadOnlyList<DirectRange<TPosition>> RangesOf(EvaluationScope scope);
}
