using System.ComponentModel;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>MapWithState</c> on pairs.</summary>
public static class DStreamMapWithStateExtensions
{
    /// <summary>
    /// Maps each record with the state of its key, which the function may update or remove. Only keys with records are visited, in the order of the records
    /// within a partition, and keys that time out after them.
    /// </summary>
    /// <param name="source">Pairs.</param>
    /// <param name="spec">The function and what else is said of the state.</param>
    /// <returns>The stream of what the function gives, which has the whole state too: <see cref="MapWithStateDStream{TKey, TValue, TState, TMapped}.StateSnapshots"/>.</returns>
    public static MapWithStateDStream<TKey, TValue, TState, TMapped> MapWithState<TKey, TValue, TState, TMapped>(
        this DStream<(TKey, TValue)> source, StateSpec<TKey, TValue, TState, TMapped> spec)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(spec);
        var node = spec.MakeNode(source);
        source.Derive(node);
        return new(source.Context, node);
    }
}

/// <summary>What <c>MapWithState</c> gives, a stream as any other, and a way to the states.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The values of the records that are mapped.</typeparam>
/// <typeparam name="TState">The state of a key.</typeparam>
/// <typeparam name="TMapped">The record type.</typeparam>
public sealed class MapWithStateDStream<TKey, TValue, TState, TMapped> : DStream<TMapped>
{
    private readonly MapWithStateNode<TKey, TValue, TState, TMapped> _node;
    private DStream<(TKey Key, TState State)>? _snapshots;

    internal MapWithStateDStream(StreamingContext context, MapWithStateNode<TKey, TValue, TState, TMapped> node)
        : base(context, node) => _node = node;

    /// <summary>All keys with their states, after each batch.</summary>
    /// <returns>The same stream each time.</returns>
    /// <exception cref="ContextStartedException">The context has been started.</exception>
    public DStream<(TKey Key, TState State)> StateSnapshots()
    {
        if (_snapshots is null)
        {
            var snapshots = new StateSnapshotsNode<TKey, TState>(_node, _node.TargetsIn);
            _snapshots = Derive<(TKey Key, TState State)>(snapshots);
            _node.Snapshots = snapshots;
        }

        return _snapshots;
    }

    /// <inheritdoc cref="DStream{T}.Checkpoint"/>
    public new MapWithStateDStream<TKey, TValue, TState, TMapped> Checkpoint(TimeSpan interval)
    {
        base.Checkpoint(interval);
        return this;
    }

    /// <inheritdoc cref="DStream{T}.Named"/>
    public new MapWithStateDStream<TKey, TValue, TState, TMapped> Named(string name)
    {
        base.Named(name);
        return this;
    }

    /// <summary>For generated code: the call site of the operator that made the stream.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public new MapWithStateDStream<TKey, TValue, TState, TMapped> At(CallSite site)
    {
        base.At(site);
        return this;
    }
}
