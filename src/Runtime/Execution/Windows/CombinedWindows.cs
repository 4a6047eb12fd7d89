using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>The values of each key in a window, combined. Keys come out in the order of their first appearance in the window.</summary>
internal sealed class ReduceByKeyWindowNode<TKey, TValue>(
    CombineByKeyNode<TKey, TValue, TValue> batch, BatchHistory<(TKey, TValue)> history, WindowRange range, Delegate function)
    : CombinedWindowNode<(TKey, TValue)>(batch.OperatorName, history, range, function)
{
    protected override ArrayBlock<(TKey, TValue)> Combine(TaskScope task, IReadOnlyList<Block<(TKey, TValue)>> blocks) => batch.MergeAll(task, blocks);
}

/// <summary>The records of a window, folded into one; nothing for none.</summary>
internal sealed class ReduceWindowNode<T>(BatchHistory<T> history, WindowRange range, Func<T, T, T> function)
    : CombinedWindowNode<T>(history.Node.OperatorName, history, range, function)
{
    protected override ArrayBlock<T> Combine(TaskScope task, IReadOnlyList<Block<T>> blocks)
    {
        var value = blocks[0].Records[0];
        for (var index = 1; index < blocks.Count; index++)
        {
            value = function(value, blocks[index].Records[0]);
        }

        var combined = task.NewBlock<T>(1);
        combined.Room[0] = value;
        return combined;
    }
}

/// <summary>
/// The records of a window, folded into one that the next window is made of: what leaves is taken out, then what enters is added. Nothing before the first
/// record of all, then always one.
/// </summary>
internal sealed class InverseReduceWindowNode<T> : StatefulNode<T>
{
    private readonly BatchHistory<T> _history;
    private readonly WindowRange _range;
    private readonly Func<T, T, T> _add;
    private readonly Func<T, T, T> _remove;
    private Option<T> _value;

    public InverseReduceWindowNode(string operatorName, BatchHistory<T> history, WindowRange range, Func<T, T, T> add, Func<T, T, T> remove)
        : base(operatorName, [history.Node], add, remove)
    {
        (_history, _range, _add, _remove) = (history, range, add, remove);
        Slide = range.Slide;
        history.AddReader(range.Length + range.Slide, range.Slide);
    }

    public override bool HasOwnSlide => true;

    public override void Plan(Planner planner)
    {
        // Its parent is kept, and planned as such.
    }

    protected override Materialized<T> Advance(EvaluationScope scope)
    {
        scope.KeepText<T>(); // The value outlives the batches that it was made of.
        var (left, entered) = _range.Changes(scope, this, _history);
        _value = scope.RunTargets(
            this,
            1,
            null,
            (Node: this, left, entered),
            static (_, change) => change.Node.Apply(change.left, change.entered),
            static (_, change) => change.Node.Apply(change.left, change.entered))[0];
        return new Materialized<T>([_value.TryGetValue(out var value) ? new ArrayBlock<T>([value], 1, pool: null) : new ArrayBlock<T>([], 0, pool: null)]);
    }

    private Option<T> Apply(KeptBatch<T>[] left, KeptBatch<T>[] entered)
    {
        var (old, added) = (Reduce(left), Reduce(entered));
        var value = _value;
        if (value.TryGetValue(out var before) && old.TryGetValue(out var removed))
        {
            value = new Option<T>(_remove(before, removed));
        }

        return added.TryGetValue(out var next) ? new Option<T>(value.TryGetValue(out var rest) ? _add(rest, next) : next) : value;
    }

    private Option<T> Reduce(KeptBatch<T>[] batches)
    {
        var value = default(Option<T>);
        foreach (var block in batches.SelectMany(static batch => batch.Blocks))
        {
            foreach (var record in block.Records)
            {
                value = new Option<T>(value.TryGetValue(out var before) ? _add(before, record) : record);
            }
        }

        return value;
    }
}
