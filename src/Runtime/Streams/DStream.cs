using System.ComponentModel;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;

namespace CodegenStreaming;

/// <summary>
/// A stream as a series of batches. Operators build the graph while the pipeline is defined; nothing runs before the context starts.
/// Not thread-safe: a graph is defined by one thread.
/// </summary>
/// <typeparam name="T">The record type.</typeparam>
public partial class DStream<T>
{
    internal DStream(StreamingContext context, DatasetNode<T> node)
    {
        Context = context;
        Node = node;
    }

    /// <summary>The context that the stream belongs to.</summary>
    public StreamingContext Context { get; }

    internal DatasetNode<T> Node { get; }

    /// <summary>Names the stream for logs, metrics, error messages and (for streams with state) checkpoints.</summary>
    /// <param name="name">The name, unique in its pipeline.</param>
    /// <returns>The same stream.</returns>
    public DStream<T> Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Node.Name = name;
        return this;
    }

    /// <summary>For generated code: the call site of the operator that made the stream.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DStream<T> At(CallSite site)
    {
        Node.Site = site;
        return this;
    }

    internal DStream<TOut> Derive<TOut>(DatasetNode<TOut> node) => Context.AddOperator(node);
}
