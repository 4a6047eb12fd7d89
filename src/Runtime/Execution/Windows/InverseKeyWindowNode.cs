using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// The values of each key in a window, combined into a state that slides: what has left is taken out of it, then what has entered is added. A slide costs the
/// keys that do. A key stays until the filter drops it.
/// </summary>
internal sealed class InverseKeyWindowNode<TKey, TValue> : StatefulNode<(TKey, TValue)>, IStateKeysUser<TKey, SlidingState<TKey, TValue>>
{
    private readonly CombineByKeyNode<TKey, TValue, TValue> _batch;
    private readonly BatchHistory<(TKey, TValue)> _history;
    private readonly WindowRange _range;
    private readonly SlidingFunctions<TKey, TValue> _functions;
    private SlidingPartition<TKey, TValue>[]? _partitions;

    /// <param name="batch">Combines a batch.</param>
    /// <param name="history">Each batch's combination.</param>
    /// <param name="range">The window.</param>
    /// <param name="functions">The user's functions.</param>
    public InverseKeyWindowNode(
        CombineByKeyNode<TKey, TValue, TValue> batch, BatchHistory<(TKey, TValue)> history, WindowRange range, SlidingFunctions<TKey, TValue> functions)
        : base(batch.OperatorName, [history.Node], functions.Add, functions.Remove)
    {
        (_batch, _history, _range, _functions) = (batch, history, range, functions);
        Slide = range.Slide;
        // Where what enters is kept with the state, the batches need not be; but text of theirs does.
        history.AddReader(range.LeavesTogether && !TextContent.IsIn(typeof((TKey, TValue))) ? range.Slide : range.Length + range.Slide, range.Slide);
    }

    public override bool HasOwnSlide => true;

    public override object? PartitionerOf(EvaluationScope scope) => _batch.PartitionerOf(scope);

    public override void Plan(Planner planner)
    {
        // Its parent is kept, and planned as such.
    }

    SlidingState<TKey, TValue> IStateKeysUser<TKey, SlidingState<TKey, TValue>>.Use<TImage, TKeys>(TKeys keys) =>
        new SlidingState<TKey, TImage, TValue, TKeys>(keys, _functions);

    protected override Materialized<(TKey, TValue)> Advance(EvaluationScope scope)
    {
        scope.KeepTextOfState<TKey, TValue>();
        var number = _range.NumberOf(scope);
        var (left, entered) = _range.Changes(scope, this, _history);
        var partitions = _partitions ??= NewPartitions(entered[0].Blocks.Length);
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

    private SlidingPartition<TKey, TValue>[] NewPartitions(int count)
    {
        var partitions = new SlidingPartition<TKey, TValue>[count];
        for (var index = 0; index < count; index++)
        {
            partitions[index] = new(_batch, _range, StateKeys.Choose<TKey, SlidingState<TKey, TValue>>(this));
        }

        return partitions;
    }
}
