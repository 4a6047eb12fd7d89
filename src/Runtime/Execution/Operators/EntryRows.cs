using System.Diagnostics;
using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>A batch's values by the numbers of their keys' entries: those of one key are linked in the order in which they came.</summary>
internal sealed class EntryRows<TValue> : ITaskMemory
{
    /// <summary>By entry: its first and its last row, plus one; zero for an entry without rows.</summary>
    private (int First, int Last)[] _ends = [];
    private BlockPool? _pool;
    private Row[]? _rows;
    private int _count;
    private int _left;

    public void Begin(TaskScope task)
    {
        _pool = task.Scope.Pool;
        _rows = _pool.Rent<Row>(BlockPool.InitialCapacity);
        (_count, _left) = (0, 0);
        task.Own(this);
    }

    /// <summary>The entry's rows will be asked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(int number)
    {
        if ((uint)number < (uint)_ends.Length)
        {
            Prefetch.Line(in _ends[number]);
        }
    }

    /// <summary>Rows are so many that asking for those of the entries to come pays.</summary>
    public bool AreMany => _count > 4096;

    /// <summary>The values of an entry will be taken soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectRows(int number)
    {
        if ((uint)number < (uint)_ends.Length && _ends[number].First is > 0 and var first)
        {
            Prefetch.Line(in _rows![first - 1]);
        }
    }

    public void Add(int number, TValue value)
    {
        var rows = _rows!;
        if (_count == rows.Length)
        {
            _rows = rows = _pool!.Larger(rows, _count, TableSize.Larger(_count));
        }

        if (number >= _ends.Length)
        {
            Array.Resize(ref _ends, Math.Max(number + 1, TableSize.Larger(_ends.Length)));
        }

        rows[_count] = new Row(value);
        _left++;
        _count++;
        ref var ends = ref _ends[number];
        if (ends.First == 0)
        {
            ends = (_count, _count);
        }
        else
        {
            rows[ends.Last - 1].Next = _count;
            ends.Last = _count;
        }
    }

    /// <summary>Whether an entry has rows.</summary>
    public bool HasRows(int number) => number < _ends.Length && _ends[number].First != 0;

    /// <summary>Moves an entry's values to the end of a list, in the order in which they came.</summary>
    public void Take(int number, List<TValue> values)
    {
        ref var ends = ref _ends[number];
        var rows = _rows!;
        for (var row = ends.First; row != 0; row = rows[row - 1].Next)
        {
            values.Add(rows[row - 1].Value);
            _left--;
        }

        ends = default;
    }

    /// <summary>Gives the memory of the rows back.</summary>
    public void End(TaskScope task)
    {
        task.Disown(this);
        Forget();
        _pool!.Return(_rows!, _count);
        _rows = null;
    }

    public void Abandon()
    {
        if (_rows is not null)
        {
            Forget();
            _pool!.Drop(_rows);
            _rows = null;
        }
    }

    /// <summary>Only entries whose rows were not taken need to be looked for.</summary>
    private void Forget()
    {
        if (_left > 0)
        {
            Array.Clear(_ends);
        }

        Debug.Assert(!Array.Exists(_ends, static ends => ends.First != 0), "Rows of the batch are left.");
    }

    private struct Row(TValue value)
    {
        public readonly TValue Value = value;

        /// <summary>The next row of the same entry, plus one; zero after the last.</summary>
        public int Next;
    }
}
