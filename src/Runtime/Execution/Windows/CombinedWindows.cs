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
