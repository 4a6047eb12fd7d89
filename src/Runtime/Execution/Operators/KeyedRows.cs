using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Records by key: the rows of one key are linked in the order in which they came. Records are staged: each asks for its key's bucket some records before
/// it is entered.
/// </summary>
internal sealed class KeyedRows<TKey, TValue> : RecordOutput<(TKey, TValue)>, ITaskMemory
{
    private readonly BlockPool _pool;
    private readonly KeyTable<TKey> _keys;
    private readonly KeyStage<TKey, TValue> _stage = new();

    /// <summary>By key: its first and its last row.</summary>
    private (int First, int Last)[] _ends;
    private Row[] _rows;

    /// <summary>Makes an empty one, the task's until it is released.</summary>
    /// <param name="task">The task.</param>
    /// <param name="capacity">How many rows to expect.</param>
    public KeyedRows(TaskScope task, int capacity)
    {
        _pool = task.Scope.Pool;
        _keys = new KeyTable<TKey>(_pool, capacity / 2); // Keys that come twice are more usual than a table twice too large is dear.
        _ends = _pool.Rent<(int, int)>(Math.Max(capacity / 2, HashIndex.MinimumCapacity));
        _rows = _pool.Rent<Row>(Math.Max(capacity, HashIndex.MinimumCapacity));
        task.Own(this);
    }

    /// <summary>The rows.</summary>
    public int Count { get; private set; }

    public int KeyCount => _keys.Count;

    /// <summary>The distinct keys, in the order of their first appearance.</summary>
    public ReadOnlySpan<TKey> Keys => _keys.Keys;

    public TValue this[int row] => _rows[row].Value;

    /// <summary>The keys, for those who look them up.</summary>
    public KeyTable<TKey> Table => _keys;

    /// <summary>A key's number; -1 where it has no row.</summary>
    public int Find(TKey key) => _keys.Find(key);

    public int FirstOf(int key) => _ends[key].First;

    public int KeyOf(int row) => _rows[row].Key;

    /// <summary>The next row of the same key; -1 after its last.</summary>
    public int After(int row) => _rows[row].Next;

    /// <summary>A key's values, in the order in which they came; none for the number of no key.</summary>
    public TValue[] ValuesOf(int key)
    {
        if (key < 0)
        {
            return [];
        }

        var count = 0;
        for (var row = FirstOf(key); row >= 0; row = After(row))
        {
            count++;
        }

        var values = new TValue[count];
        count = 0;
        for (var row = FirstOf(key); row >= 0; row = After(row))
        {
            values[count++] = this[row];
        }

        return values;
    }

    /// <summary>Gives its memory back.</summary>
    public void Release(TaskScope task)
    {
        task.Disown(this);
        _keys.Release();
        _pool.Return(_ends, 0);
        _pool.Return(_rows, Count);
    }

    public void Abandon()
    {
        _keys.Abandon();
        _pool.Drop(_ends);
        _pool.Drop(_rows);
    }

    public override void Write((TKey, TValue) record)
    {
        if (_stage.Add(record, _keys))
        {
            Complete();
        }
    }

    /// <summary>A key of this hash will be looked for soon, and its bucket has come: asks for the key and for where its rows are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectKey(uint hash)
    {
        var key = _keys.ExpectKey(hash);
        if (key >= 0)
        {
            Prefetch.Line(in _ends[key]);
        }
    }

    /// <summary>The rows of a key will be read soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectRows(int key) => Prefetch.Line(in _rows[_ends[key].First]);

    /// <summary>Enters what is staged. To be called after the last record.</summary>
    public override void Complete()
    {
        var all = _stage.Take();
        foreach (ref readonly var staged in all)
        {
            ExpectKey(staged.Hash);
        }

        foreach (ref readonly var staged in all)
        {
            Enter(staged.Hash, staged.Key, staged.Value);
        }
    }

    private void Enter(uint hash, TKey keyOfRow, TValue value)
    {
        var before = _keys.Count;
        var key = _keys.Add(keyOfRow, hash);
        if (Count == _rows.Length)
        {
            _rows = _pool.Larger(_rows, Count, TableSize.Larger(Count));
        }

        _rows[Count] = new Row(value, key, -1);
        if (key == before)
        {
            if (key == _ends.Length)
            {
                _ends = _pool.Larger(_ends, key, TableSize.Larger(key));
            }

            _ends[key] = (Count, Count);
        }
        else
        {
            _rows[_ends[key].Last].Next = Count;
            _ends[key].Last = Count;
        }

        Count++;
    }

    private struct Row(TValue value, int key, int next)
    {
        public readonly TValue Value = value;
        public readonly int Key = key;
        public int Next = next;
    }
}
