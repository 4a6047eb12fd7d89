using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>Combines a task's pairs by key: the map side of an exchange, and its reduce side. Keys keep the order of their first appearance.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value of a record.</typeparam>
/// <typeparam name="TCombined">What the values of one key are combined into.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CombineOutput<TKey, TValue, TCombined> : RecordOutput<(TKey, TValue)>
{
    /// <summary>The number of keys.</summary>
    public abstract int Count { get; }

    /// <summary>Merges a combination made elsewhere (a later map partition) into this table.</summary>
    public abstract void MergeCombined(TKey key, TCombined combined);

    /// <summary>Copies the entries, in the order of their keys' first appearance, to a span of at least <see cref="Count"/> elements.</summary>
    public abstract void CopyTo(Span<(TKey, TCombined)> entries);

    /// <summary>Forgets the entries and keeps the memory.</summary>
    public abstract void Clear();
}
