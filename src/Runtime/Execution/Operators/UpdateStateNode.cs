using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Updates the state of every key in each batch; the result is the state.</summary>
internal abstract class UpdateStateNode<TKey, TValue, TState>(
    DatasetNode<(TKey, TValue)> parent, IPartitioner<TKey>? partitioner, int? partitions, DatasetNode<(TKey, TState)>? initial, Delegate function)
    : KeyedStateNode<TKey, TValue, TState, (TKey, TState)>("UpdateStateByKey", parent, partitioner, partitions, initial, function)
{
    private Materialized<(TKey, TState)>? _ofNothing;

    public sealed override object? PartitionerOf(EvaluationScope scope) => TargetsIn(scope);

    protected sealed override Materialized<(TKey, TState)> Complete(
        EvaluationScope scope, StatePartition<TKey, TValue, TState, (TKey, TState)>[] partitions, Block<(TKey, TState)>?[] results)
    {
        if (Array.TrueForAll(partitions, static partition => partition.Count == 0))
        {
            return _ofNothing ??= Materialized<(TKey, TState)>.Permanent(partitions.Length);
        }

        var blocks = new Block<(TKey, TState)>[partitions.Length];
        for (var index = 0; index < blocks.Length; index++)
        {
            blocks[index] = partitions[index].Show(scope.Pool);
        }

        return new(blocks);
    }
}

/// <summary>The same by a function of one key.</summary>
internal sealed class UpdateStateNode<TKey, TValue, TState, TFunction>(
    DatasetNode<(TKey, TValue)> parent,
    IPartitioner<TKey>? partitioner,
    int? partitions,
    DatasetNode<(TKey, TState)>? initial,
    TFunction function,
    Delegate userFunction)
    : UpdateStateNode<TKey, TValue, TState>(parent, partitioner, partitions, initial, userFunction)
    where TFunction : struct, IStateFunction<TKey, TValue, TState>
{
    protected override StatePartition<TKey, TValue, TState, (TKey, TState)> NewPartition<TImage, TKeys>(TKeys keys)
    {
        var taker = new Taker<TImage, TKeys>(keys);
        GiveFunction(taker);
        return taker.Partition ?? new KeywiseState<TKey, TImage, TValue, TState, TKeys, TFunction>(keys, function);
    }

    private sealed class Taker<TImage, TKeys>(TKeys keys) : StateFunctionTaker<TKey, TValue, TState>
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>
    {
        public StatePartition<TKey, TValue, TState, (TKey, TState)>? Partition { get; private set; }

        public override void Take<TInlined>(TInlined function) =>
            Partition = new KeywiseState<TKey, TImage, TValue, TState, TKeys, TInlined>(keys, function);
    }
}

/// <summary>The same by a function of all keys of a partition.</summary>
internal sealed class UpdatePartitionsNode<TKey, TValue, TState>(
    DatasetNode<(TKey, TValue)> parent,
    IPartitioner<TKey>? partitioner,
    int? partitions,
    DatasetNode<(TKey, TState)>? initial,
    Func<IEnumerable<(TKey, IReadOnlyList<TValue>, Option<TState>)>, IEnumerable<(TKey, TState)>> function)
    : UpdateStateNode<TKey, TValue, TState>(parent, partitioner, partitions, initial, function)
{
    protected override StatePartition<TKey, TValue, TState, (TKey, TState)> NewPartition<TImage, TKeys>(TKeys keys) =>
        new PartitionwiseState<TKey, TImage, TValue, TState, TKeys>(keys, function);
}
