using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Maps each record with its key's state, which the function may change; the result is what the function gives.</summary>
internal abstract class MapWithStateNode<TKey, TValue, TState, TMapped>(
    DatasetNode<(TKey, TValue)> parent, IPartitioner<TKey>? partitioner, int? partitions, DatasetNode<(TKey, TState)>? initial, Delegate function)
    : KeyedStateNode<TKey, TValue, TState, TMapped>("MapWithState", parent, partitioner, partitions, initial, function)
{
    private Materialized<TMapped>? _ofNothing;

    /// <summary>Shows the whole state after each batch; null where nobody asks for it.</summary>
    public StateSnapshotsNode<TKey, TState>? Snapshots { get; set; }

    /// <summary>As Spark's: ten batches, whatever their interval.</summary>
    public sealed override int DefaultInterval(TimeSpan batchInterval) => 10 * Slide;

    protected sealed override Materialized<TMapped> Complete(
        EvaluationScope scope, StatePartition<TKey, TValue, TState, TMapped>[] partitions, Block<TMapped>?[] results)
    {
        if (Snapshots is not null)
        {
            scope.SetInput(Snapshots, Array.ConvertAll(partitions, partition => partition.Show(scope.Pool)));
        }

        if (Array.TrueForAll(results, static result => result is null))
        {
            return _ofNothing ??= Materialized<TMapped>.Permanent(partitions.Length);
        }

        return new(Array.ConvertAll(results, static result => result ?? new ArrayBlock<TMapped>([], 0, pool: null)));
    }
}

/// <summary>The same with one of the forms of the function.</summary>
internal sealed class MapWithStateNode<TKey, TValue, TState, TMapped, TFunction>(
    DatasetNode<(TKey, TValue)> parent,
    IPartitioner<TKey>? partitioner,
    int? partitions,
    DatasetNode<(TKey, TState)>? initial,
    TimeSpan? timeout,
    TFunction function,
    Delegate userFunction)
    : MapWithStateNode<TKey, TValue, TState, TMapped>(parent, partitioner, partitions, initial, userFunction)
    where TFunction : struct, IMappingFunction<TKey, TValue, TState, TMapped>
{
    private readonly long? _timeout = (long?)timeout?.TotalMilliseconds;

    protected override StatePartition<TKey, TValue, TState, TMapped> NewPartition<TImage, TKeys>(TKeys keys)
    {
        var taker = new Taker<TImage, TKeys>(keys, _timeout);
        GiveFunction(taker);
        return taker.Partition ?? taker.New(function);
    }

    private sealed class Taker<TImage, TKeys>(TKeys keys, long? timeout) : MappingFunctionTaker<TKey, TValue, TState, TMapped>
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>
    {
        public StatePartition<TKey, TValue, TState, TMapped>? Partition { get; private set; }

        public override void Take<TInlined>(TInlined function) => Partition = New(function);

        public StatePartition<TKey, TValue, TState, TMapped> New<TAny>(TAny function)
            where TAny : struct, IMappingFunction<TKey, TValue, TState, TMapped> => timeout is null
            ? new MappedState<TKey, TImage, TValue, TState, TState, TMapped, TKeys, WholeState<TState>, TAny>(keys, function, null)
            : new MappedState<TKey, TImage, TValue, TState, TimedState<TState>, TMapped, TKeys, TimedState<TState>, TAny>(keys, function, timeout);
    }
}

/// <summary>All keys with their states after each batch. They are given to the scope by the operator that has the state.</summary>
internal sealed class StateSnapshotsNode<TKey, TState>(DatasetNode state, Func<EvaluationScope, object?> partitioner)
    : DatasetNode<(TKey, TState)>("StateSnapshots", [state])
{
    public override bool IsMaterialized => true;

    public override bool CanBeRecomputed => false;

    public override object? PartitionerOf(EvaluationScope scope) => partitioner(scope);

    public override IEnumerable<(TKey, TState)> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public override Materialized<(TKey, TState)> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        PrepareParents(scope);
        return scope.GivenTo(this);
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => Parents[0].PlannedPartitionCount(scope);

    protected override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;
}
