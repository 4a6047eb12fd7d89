using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <content>A table that would grow over its bound hands its entries over instead, and begins anew. No record pays for that: only growth looks at the size.</content>
public sealed partial class CombineTable<TKey, TImage, TValue, TCombined, TCombiner>
{
    /// <summary>Combinations may grow while their number does not.</summary>
    internal override void Relieve()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TCombined>() && Spill is { } spill && spill.IsOver(SizeFor(_count), Entries))
        {
            SpillEntries();
        }
    }

    internal override void SpillEntries()
    {
        var entries = _records.AsSpan(0, _count);
        Spill!.Write(entries);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<(TKey, TCombined)>())
        {
            entries.Clear();
        }

        _index.Clear();
        _count = _keysOfItsOwn = 0;
    }

    /// <summary>What the table occupies with a number of entries, beside what they refer to. The index takes eight bytes for each at least.</summary>
    private static long SizeFor(int entries) =>
        (long)entries * (Unsafe.SizeOf<(TKey, TCombined)>() + KeptImages<TImage>.Size + TableSize.IndexBytesOfEntry);
}
