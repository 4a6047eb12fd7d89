using System.ComponentModel;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// Combines a task's pairs by key: the map side of an exchange, and its reduce side. Keys keep the order of their first appearance. Used by one task
/// after another: <see cref="Begin"/>, records, <see cref="RecordOutput{T}.Complete"/>, <see cref="ToBlock"/>.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value of a record.</typeparam>
/// <typeparam name="TCombined">What the values of one key are combined into.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CombineOutput<TKey, TValue, TCombined> : RecordOutput<(TKey, TValue)>, ITaskMemory
{
    private protected CombineOutput()
    {
    }

    /// <summary>The number of keys.</summary>
    public abstract int Count { get; }

    /// <summary>The entries of the moment.</summary>
    internal abstract ReadOnlySpan<(TKey Key, TCombined Combined)> Entries { get; }

    /// <summary>Where entries go when there are too many of them; null where they stay.</summary>
    internal CombineSpill<TKey, TCombined>? Spill { get; set; }

    /// <summary>Rents what the entries of one task are collected in.</summary>
    internal abstract void Begin(BlockPool pool);

    /// <summary>Makes room in an empty table for a number of keys, which it may well turn out to have.</summary>
    internal virtual void Reserve(int keys)
    {
    }

    /// <summary>Begins an empty table with combinations whose keys are all different.</summary>
    internal virtual void Load(ReadOnlySpan<(TKey Key, TCombined Combined)> entries) => Merge(entries, default, 0);

    /// <summary>
    /// Merges combinations that were made elsewhere (by a later map partition): those that go to one partition, or all of them where
    /// <paramref name="targets"/> is empty.
    /// </summary>
    internal abstract void Merge(ReadOnlySpan<(TKey Key, TCombined Combined)> entries, ReadOnlySpan<int> targets, int partition);

    /// <summary>Hands the entries over as a block, in the order of their keys' first appearance, and is empty again.</summary>
    internal abstract ArrayBlock<(TKey Key, TCombined Combined)> ToBlock();

    /// <summary>Has <see cref="Spill"/> take the entries, and is empty then.</summary>
    internal abstract void SpillEntries();

    /// <inheritdoc/>
    void ITaskMemory.Abandon() => Abandon();

    private protected abstract void Abandon();
}
