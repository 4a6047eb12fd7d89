using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.Execution;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>The node of a data set that streams may read in any batch; null for none.</summary>
    /// <exception cref="ArgumentException">The data set is a batch's, or another engine context's.</exception>
    [return: NotNullIfNotNull(nameof(initialState))]
    internal DatasetNode<T>? NodeOutsideBatches<T>(Rdd<T>? initialState) => initialState is null || initialState.IsOf(Engine)
        ? initialState?.Node
        : throw new ArgumentException("The initial state must be a data set of the context's own engine: make it with streaming.Engine, outside batches.", nameof(initialState));
}
