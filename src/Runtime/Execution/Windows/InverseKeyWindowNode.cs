using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// The values of each key in a window, combined into a state that slides: what has left is taken out of it, then what has entered is added. A slide costs the
/// keys that do. A key stays until the filter drops it.
/// </summary>
internal sealed partial class InverseKeyWindowNode<TKey, TValue, TFunctions> : StatefulNode<(TKey, TValue)>
    where TFunctions : struct, ISlidingFunctions<TKey, TValue>
{
    private readonly CombineByKeyNode<TKey, TValue, TValue> _batch;
    private readonly BatchHistory<(TKey, TValue)> _history;
    private readonly WindowRange _range;
    private readonly TFunctions _functions;
    private SlidingPartition<TKey, TValue>[]? _partitions;
    private long? _first;

    /// <param name="batch">Combines a batch.</param>
    /// <param name="history">Each batch's combination.</param>
    /// <param name="range">The window.</param>
    /// <param name="functions">What slides it, where no loop has the same compiled.</param>
    /// <param name="userFunctions">The user's functions.</param>
    public InverseKeyWindowNode(
        CombineByKeyNode<TKey, TValue, TValue> batch, BatchHistory<(TKey, TValue)> history, WindowRange range, TFunctions functions, params Delegate[] userFunctions)
        : base(batch.OperatorName, [history.Node], userFunctions)
    {
        (_batch, _history, _range, _functions) = (batch, history, range, functions);
        Slide = range.Slide;
        // Where what enters is kept with the state, the batches need not be; but text of theirs does.
        history.AddReader(this, range.LeavesTogether && !TextContent.IsIn(typeof((TKey, TValue))) ? range.Slide : range.Length + range.Slide, range.Slide);
    }

    public override bool HasOwnSlide => true;

    public override object? PartitionerOf(EvaluationScope scope) => _batch.PartitionerOf(scope);

    public override void Plan(Planner planner)
    {
        // Its parent is kept, and planned as such.
    }

    protected override Materialized<(TKey, TValue)> Advance(EvaluationScope scope)
    {
        scope.KeepTextOfState<TKey, TValue>();
        var number = _range.NumberOf(scope);
        var (left, entered) = _range.Changes(scope, this, _history, ref _first);
        var partitions = _partitions ??= NewPartitions(entered[0].Blocks.Length, scope);
        try
        {
            scope.RunTargets(
                this,
                partitions.Length,
                null,
                (partitions, left, entered, number),
                static (task, slide) =>
                {
                    slide.partitions[task.Partition].Advance(task, slide.number, slide.left, slide.entered);
                    return true;
                },
                static (_, _) => { });
        }
        catch
        {
            Array.ForEach(partitions, static partition => partition.Rollback());
            throw;
        }

        return new Materialized<(TKey, TValue)>(Array.ConvertAll(partitions, partition => partition.Commit(scope.Pool)));
    }

    protected override void Close() => Array.ForEach(_partitions ?? [], static partition => partition.End());

    private SlidingPartition<TKey, TValue>[] NewPartitions(int count, EvaluationScope scope)
    {
        var states = new States(this, scope.Planner);
        var partitions = new SlidingPartition<TKey, TValue>[count];
        for (var index = 0; index < count; index++)
        {
            partitions[index] = new(_batch, _range, StateKeys.Choose<TKey, SlidingState<TKey, TValue>>(states));
        }

        BeginSaving(partitions, (IPartitioner<TKey>)_batch.PartitionerOf(scope)!);

        return partitions;
    }

    /// <summary>Makes the states, of the functions that the loop before the window has compiled where it has them.</summary>
    private sealed class States(InverseKeyWindowNode<TKey, TValue, TFunctions> node, Planner planner) : IStateKeysUser<TKey, SlidingState<TKey, TValue>>
    {
        public SlidingState<TKey, TValue> Use<TImage, TKeys>(TKeys keys)
            where TImage : unmanaged, IKeyImage
            where TKeys : struct, IStateKeys<TKey, TImage>
        {
            var taker = new Taker<TImage, TKeys>(keys, node.OperatorName);
            node._batch.GiveFunction(planner, taker);
            return taker.State ?? taker.New(node._functions);
        }
    }

    private sealed class Taker<TImage, TKeys>(TKeys keys, string operatorName) : SlidingFunctionsTaker<TKey, TValue>
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>
    {
        public SlidingState<TKey, TValue>? State { get; private set; }

        public override void Take<TInlined>(TInlined functions) => State = New(functions);

        public SlidingState<TKey, TValue> New<TAny>(TAny functions)
            where TAny : struct, ISlidingFunctions<TKey, TValue> => new SlidingState<TKey, TImage, TValue, TKeys, TAny>(keys, functions, operatorName);
    }
}
