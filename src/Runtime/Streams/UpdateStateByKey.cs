using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary>
/// <c>UpdateStateByKey</c> on pairs: a state for each key, which every batch updates. All keys are visited in every batch; where most keys have nothing new,
/// <c>MapWithState</c> does less.
/// </summary>
public static class DStreamUpdateStateByKeyExtensions
{
    /// <summary>
    /// Updates the state of every key with its new values, in every batch, and gives all keys with their states. The function is called for each key that has a
    /// state or new values, also when it has none of these, so that a state can end by itself.
    /// </summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">
    /// Gives the new state, <c>new(state)</c>, or <c>default</c>, which removes the key. The list of values, in the order in which they came, is the engine's own and valid during the call only.
    /// A state is replaced and not changed: what the function was given must stay as it was, for the batch that is run again.
    /// </param>
    /// <param name="numPartitions">The number of partitions of the state; when null, that of a source that is partitioned by key, or the default parallelism.</param>
    /// <param name="initialState">The state to begin with, of the context's engine; it is read in the first batch. Of equal keys the first one counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public static DStream<(TKey Key, TState State)> UpdateStateByKey<TKey, TValue, TState>(
        this DStream<(TKey, TValue)> source,
        Func<IReadOnlyList<TValue>, Option<TState>, Option<TState>> function,
        int? numPartitions = null,
        Rdd<(TKey, TState)>? initialState = null)
    {
        Check(source, function, numPartitions);
        return OfValues(source, function, null, numPartitions, initialState);
    }

    /// <inheritdoc cref="UpdateStateByKey{TKey, TValue, TState}(DStream{ValueTuple{TKey, TValue}}, Func{IReadOnlyList{TValue}, Option{TState}, Option{TState}}, int?, Rdd{ValueTuple{TKey, TState}}?)"/>
    /// <param name="source">Pairs.</param>
    /// <param name="function">Gives the new state, or none to remove the key. The list of values is valid during the call only.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    /// <param name="initialState">The state to begin with, of the context's engine; it is read in the first batch. Of equal keys the first one counts.</param>
    public static DStream<(TKey Key, TState State)> UpdateStateByKey<TKey, TValue, TState>(
        this DStream<(TKey, TValue)> source,
        Func<IReadOnlyList<TValue>, Option<TState>, Option<TState>> function,
        IPartitioner<TKey> partitioner,
        Rdd<(TKey, TState)>? initialState = null)
    {
        Check(source, function, null);
        ArgumentNullException.ThrowIfNull(partitioner);
        return OfValues(source, function, partitioner, null, initialState);
    }

    /// <summary>The same with a function that is told the batch's time and the key too.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">Gives the new state, or none to remove the key. The list of values is valid during the call only.</param>
    /// <param name="numPartitions">The number of partitions of the state; when null, that of a source that is partitioned by key, or the default parallelism.</param>
    /// <param name="initialState">The state to begin with, of the context's engine; it is read in the first batch. Of equal keys the first one counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public static DStream<(TKey Key, TState State)> UpdateStateByKey<TKey, TValue, TState>(
        this DStream<(TKey, TValue)> source,
        Func<BatchTime, TKey, IReadOnlyList<TValue>, Option<TState>, Option<TState>> function,
        int? numPartitions = null,
        Rdd<(TKey, TState)>? initialState = null)
    {
        Check(source, function, numPartitions);
        return OfKeys(source, function, null, numPartitions, initialState);
    }

    /// <summary>The same with a function that is told the batch's time and the key too.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">Gives the new state, or none to remove the key. The list of values is valid during the call only.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    /// <param name="initialState">The state to begin with, of the context's engine; it is read in the first batch. Of equal keys the first one counts.</param>
    public static DStream<(TKey Key, TState State)> UpdateStateByKey<TKey, TValue, TState>(
        this DStream<(TKey, TValue)> source,
        Func<BatchTime, TKey, IReadOnlyList<TValue>, Option<TState>, Option<TState>> function,
        IPartitioner<TKey> partitioner,
        Rdd<(TKey, TState)>? initialState = null)
    {
        Check(source, function, null);
        ArgumentNullException.ThrowIfNull(partitioner);
        return OfKeys(source, function, partitioner, null, initialState);
    }

    /// <summary>
    /// The same with a function that is given all keys of a partition, each with its new values and its state, and whose results take the place of the
    /// partition's state: a key that is not among them is removed.
    /// </summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">
    /// Called once for each partition that has keys or values. What it is given can be read once, until its results have been read. It gives each key at most
    /// once, and keys of the partition only: those that it was given, or others that the partitioner puts there.
    /// </param>
    /// <param name="numPartitions">The number of partitions of the state; when null, that of a source that is partitioned by key, or the default parallelism.</param>
    /// <param name="initialState">The state to begin with, of the context's engine; it is read in the first batch. Of equal keys the first one counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public static DStream<(TKey Key, TState State)> UpdateStateByKey<TKey, TValue, TState>(
        this DStream<(TKey, TValue)> source,
        Func<IEnumerable<(TKey Key, IReadOnlyList<TValue> Values, Option<TState> State)>, IEnumerable<(TKey Key, TState State)>> function,
        int? numPartitions = null,
        Rdd<(TKey, TState)>? initialState = null)
    {
        Check(source, function, numPartitions);
        return OfPartitions(source, function, null, numPartitions, initialState);
    }

    /// <summary>
    /// The same with a function that is given all keys of a partition, each with its new values and its state, and whose results take the place of the
    /// partition's state: a key that is not among them is removed.
    /// </summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">
    /// Called once for each partition that has keys or values. What it is given can be read once, until its results have been read. It gives each key at most
    /// once, and keys of the partition only: those that it was given, or others that the partitioner puts there.
    /// </param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    /// <param name="initialState">The state to begin with, of the context's engine; it is read in the first batch. Of equal keys the first one counts.</param>
    public static DStream<(TKey Key, TState State)> UpdateStateByKey<TKey, TValue, TState>(
        this DStream<(TKey, TValue)> source,
        Func<IEnumerable<(TKey Key, IReadOnlyList<TValue> Values, Option<TState> State)>, IEnumerable<(TKey Key, TState State)>> function,
        IPartitioner<TKey> partitioner,
        Rdd<(TKey, TState)>? initialState = null)
    {
        Check(source, function, null);
        ArgumentNullException.ThrowIfNull(partitioner);
        return OfPartitions(source, function, partitioner, null, initialState);
    }

    private static void Check<TKey, TValue>(DStream<(TKey, TValue)> source, Delegate function, int? numPartitions)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        Exchange.CheckPartitions(numPartitions);
    }

    private static DStream<(TKey Key, TState State)> OfValues<TKey, TValue, TState>(
        DStream<(TKey, TValue)> source,
        Func<IReadOnlyList<TValue>, Option<TState>, Option<TState>> function,
        IPartitioner<TKey>? partitioner,
        int? numPartitions,
        Rdd<(TKey, TState)>? initialState) =>
        source.Derive<(TKey Key, TState State)>(new UpdateStateNode<TKey, TValue, TState, FunctionOfValues<TKey, TValue, TState>>(
            source.Node, partitioner, numPartitions, source.Context.NodeOutsideBatches(initialState), new(function), function));

    private static DStream<(TKey Key, TState State)> OfKeys<TKey, TValue, TState>(
        DStream<(TKey, TValue)> source,
        Func<BatchTime, TKey, IReadOnlyList<TValue>, Option<TState>, Option<TState>> function,
        IPartitioner<TKey>? partitioner,
        int? numPartitions,
        Rdd<(TKey, TState)>? initialState) =>
        source.Derive<(TKey Key, TState State)>(new UpdateStateNode<TKey, TValue, TState, FunctionOfKeys<TKey, TValue, TState>>(
            source.Node, partitioner, numPartitions, source.Context.NodeOutsideBatches(initialState), new(function), function));

    private static DStream<(TKey Key, TState State)> OfPartitions<TKey, TValue, TState>(
        DStream<(TKey, TValue)> source,
        Func<IEnumerable<(TKey, IReadOnlyList<TValue>, Option<TState>)>, IEnumerable<(TKey, TState)>> function,
        IPartitioner<TKey>? partitioner,
        int? numPartitions,
        Rdd<(TKey, TState)>? initialState) =>
        source.Derive<(TKey Key, TState State)>(new UpdatePartitionsNode<TKey, TValue, TState>(
            source.Node, partitioner, numPartitions, source.Context.NodeOutsideBatches(initialState), function));
}
