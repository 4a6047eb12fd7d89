using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Windows;

/// <summary>The functions of a window by key that slides.</summary>
/// <param name="OperatorName">The operator's name as the user wrote it.</param>
/// <param name="Add">Combines two values.</param>
/// <param name="Remove">Takes the second value out of the first.</param>
/// <param name="Filter">Says which keys stay; null for all.</param>
internal sealed record SlidingFunctions<TKey, TValue>(
    string OperatorName, Func<TValue, TValue, TValue> Add, Func<TValue, TValue, TValue> Remove, Func<(TKey Key, TValue Value), bool>? Filter);

/// <summary>A partition of such a window. A slide is a transaction: begun by each attempt of its task, ended on the driver.</summary>
internal abstract class SlidingState<TKey, TValue>
{
    /// <summary>Takes out what has left and adds what has entered; each key comes once in either.</summary>
    public abstract void Advance(TaskScope task, ReadOnlySpan<(TKey, TValue)> left, ReadOnlySpan<(TKey, TValue)> entered);

    public abstract void Commit();

    /// <summary>Undoes what an attempt has changed, if anything.</summary>
    public abstract void Rollback();

    /// <summary>The keys and their values, after a commit. The block is the caller's.</summary>
    public abstract Block<(TKey, TValue)> Show(BlockPool pool);
}

internal sealed class SlidingState<TKey, TImage, TValue, TKeys>(TKeys keys, SlidingFunctions<TKey, TValue> functions) : SlidingState<TKey, TValue>
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
{
    /// <summary>How many records are looked up together, so that their cache misses happen at the same time.</summary>
    private const int StageLength = 32;

    private readonly ViewedTable<TKey, TImage, TValue, TValue, TKeys, WholeState<TValue>> _table = new(keys);
    private readonly TImage[] _images = new TImage[StageLength];
    private readonly List<int> _touched = [];
    private readonly List<TKey> _missing = [];

    private StateTable<TKey, TImage, TValue, TKeys> Table => _table.Table;

    public override void Advance(TaskScope task, ReadOnlySpan<(TKey, TValue)> left, ReadOnlySpan<(TKey, TValue)> entered)
    {
        try
        {
            _table.Begin();
            _touched.Clear();
            _missing.Clear();
            for (var start = 0; start < left.Length; start += StageLength)
            {
                task.Cancellation.ThrowIfCancellationRequested();
                Remove(left.Slice(start, Math.Min(StageLength, left.Length - start)));
            }

            for (var start = 0; start < entered.Length; start += StageLength)
            {
                task.Cancellation.ThrowIfCancellationRequested();
                Add(entered.Slice(start, Math.Min(StageLength, entered.Length - start)));
            }

            CheckMissing();
            Filter();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public override void Commit() => Table.Commit();

    public override void Rollback() => _table.Rollback();

    public override Block<(TKey, TValue)> Show(BlockPool pool) => _table.Show(pool);

    private void Remove(ReadOnlySpan<(TKey, TValue)> records)
    {
        Stage(records);
        for (var index = 0; index < records.Length; index++)
        {
            ref readonly var record = ref records[index];
            var number = Table.NumberOf(record.Item1, _images[index]);
            if (number < 0)
            {
                _missing.Add(record.Item1);
                continue;
            }

            Table.SetValue(number, functions.Remove(Table.ValueOf(number), record.Item2));
            Touch(number);
        }
    }

    private void Add(ReadOnlySpan<(TKey, TValue)> records)
    {
        Stage(records);
        for (var index = 0; index < records.Length; index++)
        {
            ref readonly var record = ref records[index];
            var number = Table.NumberOf(record.Item1, _images[index]);
            if (number < 0)
            {
                number = Table.Add(record.Item1, _images[index], record.Item2);
            }
            else
            {
                Table.SetValue(number, functions.Add(Table.ValueOf(number), record.Item2));
            }

            Touch(number);
        }
    }

    /// <summary>Asks for what the records' keys need: their places in the index, then their entries.</summary>
    private void Stage(ReadOnlySpan<(TKey, TValue)> records)
    {
        for (var index = 0; index < records.Length; index++)
        {
            _images[index] = Table.ImageOf(records[index].Item1);
        }

        if (Table.IsLarge)
        {
            for (var index = 0; index < records.Length; index++)
            {
                Table.Expect(_images[index]);
            }

            for (var index = 0; index < records.Length; index++)
            {
                Table.ExpectEntry(_images[index]);
            }
        }
    }

    private void Touch(int number)
    {
        if (functions.Filter is not null)
        {
            _touched.Add(number);
        }
    }

    private void CheckMissing()
    {
        foreach (var key in _missing)
        {
            if (Table.NumberOf(key, Table.ImageOf(key)) < 0)
            {
                throw new StreamingException(
                    $"Values of the key '{key}' leave the window of {functions.OperatorName}, but the window before has none of it, nor have new ones come. "
                    + "The filter drops keys that still have records in the window: it must keep them. Or the key's hash code has changed.");
            }
        }
    }

    /// <summary>A key that did not change passes as it did before.</summary>
    private void Filter()
    {
        foreach (var number in _touched)
        {
            if (Table.IsLive(number) && !functions.Filter!((Table.KeyOf(number), Table.ValueOf(number))))
            {
                Table.RemoveAt(number);
            }
        }
    }
}
