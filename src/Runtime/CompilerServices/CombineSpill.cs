namespace CodegenStreaming.CompilerServices;

/// <summary>Where the entries of a table of combinations go when the table has grown over its bound. One per table, used by one task after another.</summary>
internal abstract class CombineSpill<TKey, TCombined>
{
    /// <summary>Whether a table is too large, and its entries can go. Asked where a table grows and between runs, not for each record.</summary>
    /// <param name="bytes">What the table occupies, or is about to occupy, without what its entries refer to.</param>
    /// <param name="entries">The entries.</param>
    public abstract bool IsOver(long bytes, ReadOnlySpan<(TKey Key, TCombined Combined)> entries);

    /// <summary>Takes the entries. The table forgets them afterwards.</summary>
    public abstract void Write(ReadOnlySpan<(TKey Key, TCombined Combined)> entries);
}
