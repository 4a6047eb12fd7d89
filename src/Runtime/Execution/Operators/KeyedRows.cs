using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Records by key: the rows of one key are linked in the order in which they came.</summary>
internal sealed class KeyedRows<TKey, TValue> : KeyStagedOutput<TKey, TValue>, ITaskMemory
{
    /// <summary>A beginning is this part of the rows: it tells whether a key has one or a few of them, or many.</summary>
    private const int BeginningOf = 16;

    private readonly BlockPool _pool;
    private readonly KeyTable<TKey> _keys;
    private readonly uint[] _guesses = new uint[StageLength];
    private readonly bool _knowsKeys;

    /// <summary>How many rows to have before it is seen whether keys repeat.</summary>
    private int _beginning;

    /// <summary>The keys that have rows: all but one that is just being entered.</summary>
    private int _keysEntered;

    /// <summary>By key: its first and its last row.</summary>
    private (int First, int Last)[] _ends;
    private TValue[] _values;

    /// <summary>By row, until a key's last: the next row of the same key. By themselves, since whoever goes from row to row needs not wait for the values.</summary>
    private int[] _next;

    /// <summary>By row: its key; empty where nobody asks.</summary>
    private int[] _keyOf;

    /// <summary>Makes an empty one, the task's until it is released.</summary>
    /// <param name="task">The task.</param>
    /// <param name="capacity">How many rows to expect.</param>
    /// <param name="knowsKeys">Whether a row's key is asked for.</param>
    public KeyedRows(TaskScope task, int capacity, bool knowsKeys = false)
    {
        var rows = Math.Max(capacity, HashIndex.MinimumCapacity);
        _knowsKeys = knowsKeys;
        _beginning = capacity / BeginningOf;
        _pool = task.Scope.Pool;
        _keys = new KeyTable<TKey>(_pool, capacity / BeginningOf);
        _ends = _pool.Rent<(int, int)>(Math.Max(capacity / BeginningOf, HashIndex.MinimumCapacity));
        _values = _pool.Rent<TValue>(rows);
        _next = _pool.Rent<int>(rows);
        _keyOf = knowsKeys ? _pool.Rent<int>(rows) : [];
        task.Own(this);
    }

    /// <summary>The rows.</summary>
    public int Count { get; private set; }

    public int KeyCount => _keys.Count;

    /// <summary>The distinct keys, in the order of their first appearance.</summary>
    public ReadOnlySpan<TKey> Keys => _keys.Keys;

    public TValue this[int row] => _values[row];

    public override KeyTable<TKey> Table => _keys;

    /// <summary>A key's number; -1 where it has no row.</summary>
    public int Find(TKey key) => _keys.Find(key);

    /// <summary>A key's first and last row.</summary>
    public (int First, int Last) EndsOf(int key) => _ends[key];

    public int KeyOf(int row) => _keyOf[row];

    /// <summary>The next row of the same key, for those that are not its last.</summary>
    public int After(int row) => _next[row];

    /// <summary>A key's values, in the order in which they came; none for the number of no key.</summary>
    public TValue[] ValuesOf(int key)
    {
        if (key < 0)
        {
            return [];
        }

        var (first, last) = _ends[key];
        var count = 1;
        for (var row = first; row != last; row = After(row))
        {
            count++;
        }

        var values = new TValue[count];
        for (var (index, row) = (0, first); index < count - 1; index++)
        {
            values[index] = this[row];
            row = After(row);
        }

        values[^1] = this[last];
        return values;
    }

    /// <summary>Gives its memory back.</summary>
    public void Release(TaskScope task)
    {
        task.Disown(this);
        _keys.Release();
        _pool.Return(_ends, 0);
        _pool.Return(_values, Count);
        _pool.Return(_next, 0);
        if (_knowsKeys)
        {
            _pool.Return(_keyOf, 0);
        }
    }

    public void Abandon()
    {
        _keys.Abandon();
        _pool.Drop(_ends);
        _pool.Drop(_values);
        _pool.Drop(_next);
        if (_knowsKeys)
        {
            _pool.Drop(_keyOf);
        }
    }

    /// <summary>A key of this hash will be looked for soon, and its bucket has come: asks for the key and for where its rows are.</summary>
    /// <returns>That key's number, or any: see <see cref="KeyTable{TKey}.Guess"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Guess(uint hash)
    {
        var guess = _keys.Guess(hash);
        Prefetch.Element(in MemoryMarshal.GetArrayDataReference(_ends), guess);
        return guess;
    }

    /// <summary>The rows of a key will be read soon. Few keys have more than two: the first and the last are asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectRows(int key)
    {
        var (first, last) = _ends[key];
        Prefetch.Line(in _values[first]);
        Prefetch.Line(in _next[first]);
        Prefetch.Line(in _values[last]);
    }

    protected override void Take(ReadOnlySpan<(TKey Key, TValue Value)> all, ReadOnlySpan<uint> hashes)
    {
        for (var index = 0; index < all.Length; index++)
        {
            _guesses[index] = Guess(hashes[index]);
        }

        for (var index = 0; index < all.Length; index++)
        {
            ref readonly var row = ref all[index];
            Enter(_keys.IsKeyOf(_guesses[index], row.Key) ? (int)_guesses[index] : _keys.Add(row.Key, hashes[index]), row.Value);
        }

        if (Count >= _beginning)
        {
            _beginning = int.MaxValue;
            ExpectKeys();
        }
    }

    /// <summary>
    /// Where hardly a key has come twice so far, nearly every row will have one of its own: room for so many saves the tables from growing, again and again.
    /// Where keys repeat, tables that have no more room than they need are faster.
    /// </summary>
    private void ExpectKeys()
    {
        if (KeyCount > Count / 8 * 7)
        {
            _keys.Reserve(_values.Length);
            if (_ends.Length < _values.Length)
            {
                _ends = _pool.Larger(_ends, KeyCount, _values.Length);
            }
        }
    }

    private void Enter(int key, TValue value)
    {
        if (Count == _values.Length || Count == _next.Length)
        {
            GrowRows();
        }

        _values[Count] = value;
        if (_knowsKeys)
        {
            _keyOf[Count] = key;
        }

        if (key == _keysEntered)
        {
            if (key == _ends.Length)
            {
                _ends = _pool.Larger(_ends, key, TableSize.Larger(key));
            }

            _ends[key] = (Count, Count);
            _keysEntered++;
        }
        else
        {
            _next[_ends[key].Last] = Count;
            _ends[key].Last = Count;
        }

        Count++;
    }

    private void GrowRows()
    {
        var larger = TableSize.Larger(Count);
        _values = _pool.Larger(_values, Count, larger);
        _next = _pool.Larger(_next, Count, larger);
        if (_knowsKeys)
        {
            _keyOf = _pool.Larger(_keyOf, Count, larger);
        }
    }
}
