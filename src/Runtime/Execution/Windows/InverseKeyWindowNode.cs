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
    private SlidingState<TKey, TValue>[]? _partitions;

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
        history.AddReader(range.Length + range.Slide, range.Slide);
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
        KeepText(scope);
        var (left, entered) = _range.Changes(scope, _history);
        var partitions = _partitions ??= NewPartitions(entered[0].Blocks.Length);
        try
        {
            scope.RunTargets(
                this,
                partitions.Length,
                null,
                (Node: this, partitions, left, entered),
                static (task, slide) => slide.Node.SlidePartition(task, slide.partitions[task.Partition], slide.left, slide.entered),
                static (_, _) => { });
        }
        catch
        {
            Array.ForEach(partitions, static partition => partition.Rollback());
            throw;
        }

        Array.ForEach(partitions, static partition => partition.Commit());
        return new Materialized<(TKey, TValue)>([.. partitions.Select(partition => partition.Show(scope.Pool))]);
    }

    /// <summary>What the state holds on to of a batch's text stays. Keys that are texts themselves are copied instead.</summary>
    private static void KeepText(EvaluationScope scope)
    {
        scope.KeepText<TValue>();
        if (typeof(TKey) != typeof(Utf8Slice))
        {
            scope.KeepText<TKey>();
        }
    }

    private SlidingState<TKey, TValue>[] NewPartitions(int count)
    {
        var partitions = new SlidingState<TKey, TValue>[count];
        for (var index = 0; index < count; index++)
        {
            partitions[index] = StateKeys.Choose<TKey, SlidingState<TKey, TValue>>(this);
        }

        return partitions;
    }

    private bool SlidePartition(TaskScope task, SlidingState<TKey, TValue> partition, KeptBatch<(TKey, TValue)>[] left, KeptBatch<(TKey, TValue)>[] entered)
    {
        var (old, isOldOwn) = Combine(task, left);
        var (added, isAddedOwn) = Combine(task, entered);
        partition.Advance(task, old is null ? default : old.Records, added is null ? default : added.Records);
        if (isOldOwn)
        {
            task.Disown((ArrayBlock<(TKey, TValue)>)old!);
            old!.Release();
        }

        if (isAddedOwn)
        {
            task.Disown((ArrayBlock<(TKey, TValue)>)added!);
            added!.Release();
        }

        return true;
    }

    /// <summary>The partition's share of some batches, combined; its own where there is more than one of them.</summary>
    private (Block<(TKey, TValue)>? Block, bool IsOwn) Combine(TaskScope task, KeptBatch<(TKey, TValue)>[] batches)
    {
        var blocks = Array.FindAll(Array.ConvertAll(batches, batch => batch.Blocks[task.Partition]), static block => block.Count > 0);
        return blocks switch
        {
            [] => (null, false),
            [var only] => (only, false),
            _ => (_batch.MergeAll(task, blocks), true),
        };
    }
}
