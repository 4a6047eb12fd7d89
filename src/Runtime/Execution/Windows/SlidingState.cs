using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Windows;

/// <summary>A partition of a window by key that slides. A slide is a transaction: begun by each attempt of its task, ended on the driver.</summary>
internal abstract class SlidingState<TKey, TValue> : ISavedTable<TKey, TValue>
{
    /// <summary>Takes out what has left, then adds what has entered.</summary>
    /// <param name="task">The task.</param>
    /// <param name="left">What has left, each key once.</param>
    /// <param name="leftNumbers">The numbers that the keys had when they entered; empty where nobody has kept them.</param>
    /// <param name="entered">What has entered, each key once.</param>
    /// <param name="enteredNumbers">Where to keep the numbers of the keys that have entered; empty where nobody wants them.</param>
    public abstract void Advance(
        TaskScope task, ReadOnlySpan<(TKey, TValue)> left, ReadOnlySpan<int> leftNumbers, ReadOnlySpan<(TKey, TValue)> entered, Span<int> enteredNumbers);

    /// <summary>Counts what makes numbers that were kept mean nothing.</summary>
    public abstract int Numbering { get; }

    /// <summary>Undoes what an attempt has changed, and begins anew.</summary>
    public abstract void Begin();

    public abstract void Commit();

    /// <summary>Undoes what an attempt has changed, if anything.</summary>
    public abstract void Rollback();

    /// <summary>The keys and their values, after a commit. The block is the caller's.</summary>
    public abstract Block<(TKey, TValue)> Show(BlockPool pool);

    public abstract void TrackChanges();

    public abstract TableSnapshot TakeSnapshot(RecordCodec<TKey> keys, RecordCodec<TValue> values);

    public abstract IStateFileTarget<TKey, TValue> BeginRestore(BatchTime time);
}

internal sealed class SlidingState<TKey, TImage, TValue, TKeys, TFunctions>(TKeys keys, TFunctions functions, string operatorName) : SlidingState<TKey, TValue>
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
    where TFunctions : struct, ISlidingFunctions<TKey, TValue>
{
    /// <summary>How many records are looked up together, so that their cache misses happen at the same time.</summary>
    private const int StageLength = 64;

    private readonly ViewedTable<TKey, TImage, TValue, TValue, TKeys, WholeState<TValue>> _table = new(keys);
    private readonly TImage[] _images = new TImage[StageLength];
    private readonly int[] _numbers = new int[StageLength];

    /// <summary>What does not pass the filter when it has left.</summary>
    private readonly List<int> _dropped = [];
    private readonly List<TKey> _missing = [];

    public override int Numbering => Table.Compactions;

    private StateTable<TKey, TImage, TValue, TKeys> Table => _table.Table;

    public override void Begin() => _table.Begin();

    public override void Advance(
        TaskScope task, ReadOnlySpan<(TKey, TValue)> left, ReadOnlySpan<int> leftNumbers, ReadOnlySpan<(TKey, TValue)> entered, Span<int> enteredNumbers)
    {
        _dropped.Clear();
        _missing.Clear();
        for (var start = 0; start < left.Length; start += StageLength)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            var length = Math.Min(StageLength, left.Length - start);
            Remove(left.Slice(start, length), leftNumbers.IsEmpty ? default : leftNumbers.Slice(start, length));
        }

        for (var start = 0; start < entered.Length; start += StageLength)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            var length = Math.Min(StageLength, entered.Length - start);
            Add(entered.Slice(start, length), enteredNumbers.IsEmpty ? _numbers : enteredNumbers.Slice(start, length));
        }

        CheckMissing(entered);
        foreach (var number in _dropped)
        {
            Filter(number);
        }
    }

    public override void Commit() => Table.Commit();

    public override void Rollback() => _table.Rollback();

    public override Block<(TKey, TValue)> Show(BlockPool pool) => _table.Show(pool);

    public override void TrackChanges() => Table.TrackChanges();

    public override TableSnapshot TakeSnapshot(RecordCodec<TKey> keys, RecordCodec<TValue> values) => _table.TakeSnapshot(keys, values);

    public override IStateFileTarget<TKey, TValue> BeginRestore(BatchTime time)
    {
        _table.Begin();
        return _table.Target(time);
    }

    private void Remove(ReadOnlySpan<(TKey, TValue)> records, ReadOnlySpan<int> known)
    {
        if (known.IsEmpty)
        {
            Find(records, _numbers);
            known = _numbers;
        }
        else if (Table.IsLarge)
        {
            foreach (var number in known)
            {
                Table.ExpectNumber(number);
            }
        }

        for (var index = 0; index < records.Length; index++)
        {
            ref readonly var record = ref records[index];
            var number = known[index];
            if (number < 0 || !Table.IsLive(number))
            {
                // The filter has dropped it; it may have come again since, and have another number.
                number = Table.NumberOf(record.Item1, Table.ImageOf(record.Item1));
            }

            if (number < 0)
            {
                _missing.Add(record.Item1);
                continue;
            }

            ref var stored = ref Table.ValueAt(number);
            var value = functions.Remove(stored, record.Item2);
            Table.Note(number, in stored);
            stored = value;
            if (functions.HasFilter && !functions.Keeps(record.Item1, value))
            {
                _dropped.Add(number); // Unless it enters again.
            }
        }
    }

    private void Add(ReadOnlySpan<(TKey, TValue)> records, Span<int> numbers)
    {
        Find(records, numbers);
        for (var index = 0; index < records.Length; index++)
        {
            ref readonly var record = ref records[index];
            ref var number = ref numbers[index];
            var value = record.Item2;
            if (number < 0)
            {
                number = Table.Add(record.Item1, _images[index], value);
            }
            else
            {
                ref var stored = ref Table.ValueAt(number);
                value = functions.Add(stored, value);
                Table.Note(number, in stored);
                stored = value;
            }

            if (functions.HasFilter && !functions.Keeps(record.Item1, value))
            {
                Table.RemoveAt(number);
            }
        }
    }

    /// <summary>The numbers of the records' keys; -1 for those that are not there. In large tables each step asks for what the next one needs.</summary>
    private void Find(ReadOnlySpan<(TKey, TValue)> records, Span<int> numbers)
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
                numbers[index] = Table.ExpectEntry(_images[index]);
            }

            for (var index = 0; index < records.Length; index++)
            {
                ref var number = ref numbers[index];
                if (number < 0 || !Table.IsKeyOf(number, records[index].Item1, _images[index]))
                {
                    number = Table.NumberOf(records[index].Item1, _images[index]);
                }
            }

            return;
        }

        for (var index = 0; index < records.Length; index++)
        {
            numbers[index] = Table.NumberOf(records[index].Item1, _images[index]);
        }
    }

    private void CheckMissing(ReadOnlySpan<(TKey, TValue)> entered)
    {
        if (_missing.Count == 0)
        {
            return;
        }

        var keys = new HashSet<TKey>(entered.Length);
        foreach (ref readonly var record in entered)
        {
            keys.Add(record.Item1);
        }

        foreach (var key in _missing)
        {
            if (!keys.Contains(key))
            {
                throw new StreamingException(
                    $"Values of the key '{key}' leave the window of {operatorName}, but the window before has none of it, nor have new ones come. "
                    + "The filter drops keys that still have records in the window: it must keep them. Or the key's hash code has changed.");
            }
        }
    }

    /// <summary>Drops a key, unless what has entered meanwhile lets it pass.</summary>
    private void Filter(int number)
    {
        if (Table.IsLive(number) && !functions.Keeps(Table.KeyOf(number), Table.ValueOf(number)))
        {
            Table.RemoveAt(number);
        }
    }
}
