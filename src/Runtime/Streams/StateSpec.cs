using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary>Makes the specification of a <c>MapWithState</c>: the function, and by further calls what else is to be said.</summary>
public static class StateSpec
{
    /// <summary>
    /// A function of a key, a record's value and the key's state, called for each record. With a time-out it is also called, without a value, for a key that
    /// times out.
    /// </summary>
    /// <param name="function">
    /// Gives what goes to the resulting stream. Its parameters' types are found by themselves where they are written:
    /// <c>StateSpec.Function((string word, Option&lt;int&gt; one, State&lt;long&gt; state) =&gt; …)</c>.
    /// </param>
    public static StateSpec<TKey, TValue, TState, TMapped> Function<TKey, TValue, TState, TMapped>(Func<TKey, Option<TValue>, State<TState>, TMapped> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new((parent, partitioner, partitions, initial, timeout) =>
            new MapWithStateNode<TKey, TValue, TState, TMapped, SimpleMapping<TKey, TValue, TState, TMapped>>(
                parent, partitioner, partitions, initial, timeout, new(function), function));
    }

    /// <summary>The same with a function that is told the batch's time too, and may give nothing to the resulting stream.</summary>
    /// <param name="function">Gives what goes to the resulting stream, or none.</param>
    public static StateSpec<TKey, TValue, TState, TMapped> Function<TKey, TValue, TState, TMapped>(
        Func<BatchTime, TKey, Option<TValue>, State<TState>, Option<TMapped>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new((parent, partitioner, partitions, initial, timeout) =>
            new MapWithStateNode<TKey, TValue, TState, TMapped, TimedMapping<TKey, TValue, TState, TMapped>>(
                parent, partitioner, partitions, initial, timeout, new(function), function));
    }
}

/// <summary>
/// What a <c>MapWithState</c> is to do. Each method changes the specification and returns it; what a stream was made of is not changed any more.
/// Not thread-safe.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The records' values.</typeparam>
/// <typeparam name="TState">The state of a key.</typeparam>
/// <typeparam name="TMapped">What the function gives.</typeparam>
public sealed class StateSpec<TKey, TValue, TState, TMapped>
{
    private readonly NodeOf _makeNode;
    private Rdd<(TKey, TState)>? _initial;
    private (TKey, TState)[]? _initialPairs;
    private IPartitioner<TKey>? _partitioner;
    private int? _partitions;
    private TimeSpan? _timeout;

    internal StateSpec(NodeOf makeNode) => _makeNode = makeNode;

    internal delegate MapWithStateNode<TKey, TValue, TState, TMapped> NodeOf(
        DatasetNode<(TKey, TValue)> parent, IPartitioner<TKey>? partitioner, int? partitions, DatasetNode<(TKey, TState)>? initial, TimeSpan? timeout);

    /// <summary>The state to begin with. It is read in the first batch, and counts as updated then. Of equal keys the last one counts.</summary>
    /// <param name="state">A data set of the context's engine.</param>
    public StateSpec<TKey, TValue, TState, TMapped> InitialState(Rdd<(TKey, TState)> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_initial, _initialPairs) = (state, null);
        return this;
    }

    /// <summary>The state to begin with. It counts as updated in the first batch. Of equal keys the last one counts.</summary>
    /// <param name="pairs">Keys with their states; they are copied.</param>
    public StateSpec<TKey, TValue, TState, TMapped> InitialState(IEnumerable<(TKey, TState)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        (_initial, _initialPairs) = (null, [.. pairs]);
        return this;
    }

    /// <summary>Divides the state by the keys' hashes. Without it the partitions are those of a source that is partitioned by key, or the default parallelism.</summary>
    /// <param name="numPartitions">The number of partitions.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public StateSpec<TKey, TValue, TState, TMapped> NumPartitions(int numPartitions)
    {
        Exchange.CheckPartitions(numPartitions);
        (_partitions, _partitioner) = (numPartitions, null);
        return this;
    }

    /// <summary>Divides the state by a partitioner.</summary>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public StateSpec<TKey, TValue, TState, TMapped> Partitioner(IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(partitioner);
        (_partitions, _partitioner) = (null, partitioner);
        return this;
    }

    /// <summary>
    /// Removes keys that have had no record for longer than a duration, by batch times. The function is called once more for such a key, without a value, its
    /// state timing out; what it gives goes to the resulting stream.
    /// </summary>
    /// <param name="duration">At least a millisecond. A key times out in the first batch that is later than its last record's by more than this.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is less than a millisecond.</exception>
    public StateSpec<TKey, TValue, TState, TMapped> Timeout(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromMilliseconds(1));
        _timeout = duration;
        return this;
    }

    internal MapWithStateNode<TKey, TValue, TState, TMapped> MakeNode(DStream<(TKey, TValue)> source)
    {
        var initial = _initialPairs is { } pairs ? new ParallelizeNode<(TKey, TState)>(pairs, 1) : source.Context.NodeOutsideBatches(_initial);
        return _makeNode(source.Node, _partitioner, _partitions, initial, _timeout);
    }
}
