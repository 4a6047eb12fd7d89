using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Records on the way to a table of keys: some are hashed and ask for their buckets before the first of them is looked up, so that their cache misses
/// happen at the same time.
/// </summary>
internal sealed class KeyStage<TKey, TValue>
{
    /// <summary>How many records are staged.</summary>
    public const int Length = 32;

    private readonly Staged[] _staged = new Staged[Length];
    private int _count;

    /// <summary>Stages a record; true when the stage is full.</summary>
    public bool Add((TKey Key, TValue Value) record, KeyTable<TKey> table)
    {
        var hash = KeyTable<TKey>.HashOf(record.Key);
        table.Expect(hash);
        _staged[_count] = new Staged(hash, record.Key, record.Value);
        return ++_count == Length;
    }

    /// <summary>What is staged, which is no longer so.</summary>
    public ReadOnlySpan<Staged> Take()
    {
        var count = _count;
        _count = 0;
        return _staged.AsSpan(0, count);
    }

    internal readonly record struct Staged(uint Hash, TKey Key, TValue Value);
}
