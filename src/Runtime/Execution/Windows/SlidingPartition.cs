using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// A partition of a window that slides: the state, and what has entered it. Where what enters together leaves together, the combination of it and the numbers
/// of its keys are kept, so that nothing is combined or looked up again when it leaves.
/// </summary>
internal sealed class SlidingPartition<TKey, TValue>(CombineByKeyNode<TKey, TValue, TValue> batch, WindowRange range, SlidingState<TKey, TValue> state)
{
    private readonly Queue<Entered> _inside = new();
    private Entered? _entered;
    private bool _isLeaving;

    public SlidingState<TKey, TValue> State => state;

    /// <summary>What has entered and not left, the oldest first.</summary>
    public IEnumerable<(long Number, Block<(TKey, TValue)> Block)> Inside => _inside.Select(static entered => (entered.Number, entered.Block));

    /// <summary>Something is inside already: a checkpoint has it. Nobody knows the numbers of its keys.</summary>
    public void Enter(long number, (TKey, TValue)[] records)
    {
        if (records.Length > 0)
        {
            _inside.Enqueue(new Entered(
                number, new ArrayBlock<(TKey, TValue)>(records, records.Length, pool: null), IsOwn: true, new ArrayBlock<int>([], 0, pool: null), Numbering: -1));
        }
    }

    /// <summary>Slides to a batch, in a task. An attempt after one that failed begins anew.</summary>
    public void Advance(TaskScope task, long number, KeptBatch<(TKey, TValue)>[] left, KeptBatch<(TKey, TValue)>[] entered)
    {
        _entered = null;
        _isLeaving = false;
        try
        {
            state.Begin();
            if (range.LeavesTogether)
            {
                SlideTogether(task, number, entered);
            }
            else
            {
                SlideApart(task, left, entered);
            }
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    /// <summary>Keeps what the task has done.</summary>
    /// <returns>The keys and their values. The block is the caller's.</returns>
    public Block<(TKey, TValue)> Commit(BlockPool pool)
    {
        state.Commit();
        if (_isLeaving)
        {
            _inside.Dequeue().Release();
        }

        if (_entered is { } entered)
        {
            if (!entered.IsOwn)
            {
                entered.Block.Retain();
            }

            _inside.Enqueue(entered);
        }

        (_entered, _isLeaving) = (null, false);
        return state.Show(pool);
    }

    /// <summary>Undoes what an attempt has changed. What it has combined is its task's.</summary>
    public void Rollback()
    {
        state.Rollback();
        (_entered, _isLeaving) = (null, false);
    }

    /// <summary>The context has stopped.</summary>
    public void End()
    {
        while (_inside.TryDequeue(out var entered))
        {
            entered.Release();
        }
    }

    private void SlideTogether(TaskScope task, long number, KeptBatch<(TKey, TValue)>[] entered)
    {
        if (Combine(task, entered) is var (block, isOwn))
        {
            _entered = new Entered(number, block, isOwn, task.NewBlock<int>(block.Count), state.Numbering);
        }

        var left = _inside.TryPeek(out var oldest) && oldest.Number == number - range.Length ? oldest : null;
        _isLeaving = left is not null;
        state.Advance(
            task,
            left is null ? default : left.Block.Records,
            left?.Numbering == state.Numbering ? left.Numbers.Records : default,
            _entered is null ? default : _entered.Block.Records,
            _entered is null ? default : _entered.Numbers.Room);
    }

    private void SlideApart(TaskScope task, KeptBatch<(TKey, TValue)>[] left, KeptBatch<(TKey, TValue)>[] entered)
    {
        var (old, added) = (Combine(task, left), Combine(task, entered));
        state.Advance(task, old is null ? default : old.Value.Block.Records, default, added is null ? default : added.Value.Block.Records, default);
        foreach (var combined in new[] { old, added })
        {
            if (combined is (ArrayBlock<(TKey, TValue)> own, true))
            {
                task.Disown(own);
                own.Release();
            }
        }
    }

    /// <summary>The partition's share of some batches, combined; the task's own where there is more than one of them, null where there is nothing.</summary>
    private (Block<(TKey, TValue)> Block, bool IsOwn)? Combine(TaskScope task, KeptBatch<(TKey, TValue)>[] batches)
    {
        var blocks = Array.FindAll(Array.ConvertAll(batches, kept => kept.Blocks[task.Partition]), static block => block.Count > 0);
        return blocks switch
        {
            [] => null,
            [var only] => (only, false),
            _ => (batch.MergeAll(task, blocks), true),
        };
    }

    /// <summary>What has entered in a batch.</summary>
    /// <param name="Number">The batch.</param>
    /// <param name="Block">The keys and their values.</param>
    /// <param name="IsOwn">Whether the block was made for it.</param>
    /// <param name="Numbers">The numbers of the keys in the state.</param>
    /// <param name="Numbering">Which numbering they belong to.</param>
    private sealed record Entered(long Number, Block<(TKey, TValue)> Block, bool IsOwn, ArrayBlock<int> Numbers, int Numbering)
    {
        public void Release()
        {
            Block.Release();
            Numbers.Release();
        }
    }
}
