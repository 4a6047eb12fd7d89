using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CodegenStreaming.CompilerServices;

/// <summary>The records at certain positions, as the source of a loop. Records without references only: over others the compiler would share its code.</summary>
/// <typeparam name="T">The record type.</typeparam>
/// <param name="records">The records.</param>
/// <param name="selected">Positions of theirs, as <see cref="Lanes"/> gives them for just these records: they are not checked again.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SelectedRecords<T>(ReadOnlySpan<T> records, ReadOnlySpan<int> selected) : IRecordSource<T>
    where T : unmanaged
{
    private readonly ref T _first = ref MemoryMarshal.GetReference(records);
    private readonly ref readonly int _end = ref RecordSpan.End(selected);
    private ref readonly int _next = ref RecordSpan.Start(selected);

    /// <inheritdoc/>
    // Within the records: a vectorised filter gives the positions of lanes that it has loaded from them.
    public bool TryRead([MaybeNullWhen(false)] out T record)
    {
        if (RecordSpan.IsBefore(in _next, in _end))
        {
            record = Unsafe.Add(ref _first, _next);
            _next = ref RecordSpan.After(in _next);
            return true;
        }

        record = default;
        return false;
    }
}
