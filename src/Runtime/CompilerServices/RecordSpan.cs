using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// Walks a run of records by reference. A source with an index and a span costs two comparisons for each record; with these two references a loop
/// over it is compiled to what a hand-written <c>foreach</c> over the span is.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordSpan
{
    /// <summary>The first record; the end where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly T Start<T>(ReadOnlySpan<T> records) => ref MemoryMarshal.GetReference(records);

    /// <summary>Just behind the last record: to compare with, never to read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly T End<T>(ReadOnlySpan<T> records) => ref Unsafe.Add(ref MemoryMarshal.GetReference(records), records.Length);

    /// <summary>Whether a record stands before the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBefore<T>(ref readonly T record, ref readonly T end) => Unsafe.IsAddressLessThan(in record, in end);

    /// <summary>The record after one that stands before the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly T After<T>(ref readonly T record) => ref Unsafe.Add(ref Unsafe.AsRef(in record), 1);
}
