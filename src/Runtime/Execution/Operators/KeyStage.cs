using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Records on the way to a table of keys: some are hashed and ask for their buckets before the first of them is looked up, so that their cache misses
/// happen at the same time. Those that come one by one are collected here.
/// </summary>
internal sealed class KeyStage<TKey, TValue>
{
    /// <summary>How many records are staged.</summary>
    public const int Length = 32;

    private readonly (TKey Key, TValue Value)[] _records = new (TKey, TValue)[Length];
    private readonly uint[] _hashes = new uint[Length];
    private int _count;

    /// <summary>The hashes of the staged records' keys.</summary>
    public ReadOnlySpan<uint> Hashes => _hashes;

    /// <summary>Stages a record; true when the stage is full.</summary>
    public bool Add((TKey Key, TValue Value) record, KeyTable<TKey> table)
    {
        var hash = KeyTable<TKey>.HashOf(record.Key);
        table.Expect(hash);
        (_records[_count], _hashes[_count]) = (record, hash);
        return ++_count == Length;
    }

    /// <summary>Stages records that lie in memory, where they stay: at most <see cref="Length"/>, when no others are staged.</summary>
    public void Hash(ReadOnlySpan<(TKey Key, TValue Value)> records, KeyTable<TKey> table)
    {
        for (var index = 0; index < records.Length; index++)
        {
            var hash = KeyTable<TKey>.HashOf(records[index].Key);
            table.Expect(hash);
            _hashes[index] = hash;
        }
    }

    /// <summary>What is staged, which is no longer so.</summary>
    public ReadOnlySpan<(TKey Key, TValue Value)> Take()
    {
        var count = _count;
        _count = 0;
        return _records.AsSpan(0, count);
    }
}
