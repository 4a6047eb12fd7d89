using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// References to the records at certain positions, as the source of a loop over large structures. Records without references only: over others the compiler
/// would share its code. While the loop works on these records it reads no new memory, and nobody would ask for the records that are filtered next: so each
/// step asks for some lines of those, as many as it takes for all of them.
/// </summary>
/// <typeparam name="T">The record type.</typeparam>
/// <param name="records">The records.</param>
/// <param name="selected">Positions of theirs, as <see cref="Lanes"/> gives them for just these records: they are not checked again.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SelectedReferences<T>(ReadOnlySpan<T> records, ReadOnlySpan<int> selected) : IReferenceSource<T>
    where T : unmanaged
{
    /// <summary>More than so many lines in a step are not asked for: a loop that takes few records has little time to hide them in.</summary>
    private const int AskedLines = 3;

    private readonly ref T _first = ref MemoryMarshal.GetReference(records);
    private readonly nint _step = Math.Min(AskedLines * Prefetch.LineSize, records.Length * Unsafe.SizeOf<T>() / Math.Max(1, selected.Length));
    private readonly ref readonly int _end = ref RecordSpan.End(selected);
    private ref readonly int _next = ref RecordSpan.Start(selected);
    private ref readonly T _current;
    private nint _ahead = records.Length * Unsafe.SizeOf<T>();

    /// <inheritdoc/>
    public readonly ref readonly T Current => ref _current;

    /// <inheritdoc/>
    // Within the records: a vectorised filter gives the positions of lanes that it has loaded from them.
    public bool MoveNext()
    {
        if (RecordSpan.IsBefore(in _next, in _end))
        {
            _current = ref Unsafe.Add(ref _first, _next);
            _next = ref RecordSpan.After(in _next);
            for (var line = 0; line < AskedLines; line++)
            {
                Prefetch.Line(ref Unsafe.AddByteOffset(ref _first, _ahead + (line * Prefetch.LineSize)));
            }

            _ahead += _step;
            return true;
        }

        return false;
    }
}
