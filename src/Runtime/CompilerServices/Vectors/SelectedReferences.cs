using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>References to the records at certain positions, as the source of a loop over large structures. Records without references only: over others the compiler would share its code.</summary>
/// <typeparam name="T">The record type.</typeparam>
/// <param name="records">The records.</param>
/// <param name="selected">The positions.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SelectedReferences<T>(ReadOnlySpan<T> records, ReadOnlySpan<int> selected) : IReferenceSource<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _records = records;
    private readonly ReadOnlySpan<int> _selected = selected;
    private ref readonly T _current;
    private int _next;

    /// <inheritdoc/>
    public readonly ref readonly T Current => ref _current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if ((uint)_next < (uint)_selected.Length)
        {
            _current = ref _records[_selected[_next++]];
            return true;
        }

        return false;
    }
}
