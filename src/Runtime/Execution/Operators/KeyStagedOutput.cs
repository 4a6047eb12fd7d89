using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Takes records to a table of keys, some at a time: they are hashed and ask for their buckets before the first of them is looked up, so that their cache misses
/// happen at the same time. Those that come one by one are collected; those that lie in memory stay there.
/// </summary>
internal abstract class KeyStagedOutput<TKey, TValue> : RecordOutput<(TKey, TValue)>
{
    /// <summary>How many records are taken together.</summary>
    protected const int StageLength = 32;

    private readonly (TKey Key, TValue Value)[] _records = new (TKey, TValue)[StageLength];
    private readonly uint[] _hashes = new uint[StageLength];
    private int _count;

    /// <summary>The keys.</summary>
    public abstract KeyTable<TKey> Table { get; }

    public sealed override void Write((TKey, TValue) record)
    {
        _hashes[_count] = Hash(record.Item1);
        _records[_count] = record;
        if (++_count == StageLength)
        {
            Complete();
        }
    }

    /// <summary>To be called after the last record.</summary>
    public sealed override void Complete()
    {
        var count = _count;
        _count = 0;
        Take(_records.AsSpan(0, count), _hashes);
    }

    internal sealed override bool TryWriteAll(ReadOnlySpan<(TKey, TValue)> records)
    {
        Complete();
        while (!records.IsEmpty)
        {
            var some = records[..Math.Min(records.Length, StageLength)];
            for (var index = 0; index < some.Length; index++)
            {
                _hashes[index] = Hash(some[index].Item1);
            }

            Take(some, _hashes);
            records = records[some.Length..];
        }

        return true;
    }

    /// <summary>Does the work, step by step for all of them: what one step asks for has come when the next one needs it.</summary>
    protected abstract void Take(ReadOnlySpan<(TKey Key, TValue Value)> all, ReadOnlySpan<uint> hashes);

    private uint Hash(TKey key)
    {
        var hash = KeyTable<TKey>.HashOf(key);
        Table.Expect(hash);
        return hash;
    }
}
