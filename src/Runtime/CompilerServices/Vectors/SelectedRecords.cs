using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace CodegenStreaming.CompilerServices;

/// <summary>The records at certain positions, as the source of a loop. Records without references only: over others the compiler would share its code.</summary>
/// <typeparam name="T">The record type.</typeparam>
/// <param name="records">The records.</param>
/// <param name="selected">The positions.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SelectedRecords<T>(ReadOnlySpan<T> records, ReadOnlySpan<int> selected) : IRecordSource<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _records = records;
    private readonly ReadOnlySpan<int> _selected = selected;
    private int _next;

    /// <inheritdoc/>
    public bool TryRead([MaybeNullWhen(false)] out T record)
    {
        if ((uint)_next < (uint)_selected.Length)
        {
            record = _records[_selected[_next++]];
            return true;
        }

        record = default;
        return false;
    }
}
