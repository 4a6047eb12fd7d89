using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CodegenStreaming.Memory;

/// <summary>
/// A run of lines of a text block: the source of generated loops over <see cref="Utf8Slice"/>. It is one line ahead: where the next one ends is known
/// before the loop works on this one, so that no work waits for it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Utf8Lines : CompilerServices.IRecordSource<Utf8Slice>
{
    private readonly Utf8TextBlock _block;

    /// <summary>Where lines end; null where that has to be found.</summary>
    private readonly int[]? _ends;

    /// <summary>Behind the run's last newline.</summary>
    private readonly int _last;
    private int _start;

    /// <summary>Where the line ends that begins at <see cref="_start"/>.</summary>
    private int _end;

    /// <summary>The number of the line after that.</summary>
    private int _next;

    internal Utf8Lines(Utf8TextBlock block, int first, int count)
    {
        _block = block;
        _ends = block.Ends;
        _next = first;
        _start = block.StartOf(first);
        _last = count == 0 ? _start : _ends[first + count - 1] + 1;
        FindEnd();
    }

    /// <summary>All lines of a block.</summary>
    internal Utf8Lines(Utf8TextBlock block, int length)
    {
        _block = block;
        _last = length;
        FindEnd();
    }

    internal readonly Utf8TextBlock Block => _block;

    /// <summary>The text of the lines that are left: from the first one's beginning to behind the last one's newline.</summary>
    internal readonly (int Start, int End) Extent => (_start, _last);

    /// <summary>Takes the next line; false at the end of the run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out Utf8Slice line)
    {
        if (_start >= _last)
        {
            line = default;
            return false;
        }

        line = new Utf8Slice(_block, _start, _end - _start);
        _start = _end + 1;
        FindEnd();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FindEnd()
    {
        if (_ends is not null)
        {
            // Behind the last line there is none, and nobody asks.
            var next = _next++;
            _end = (uint)next < (uint)_ends.Length ? _ends[next] : _last;
            return;
        }

        // At most just behind the text, so that the load stays within the block's padding.
        var bytes = _block.Bytes ?? Utf8TextBlock.ThrowReturned();
        var newlines = ByteMask.Of(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), (nint)(uint)_start), Utf8TextBlock.LineEnd);
        _end = newlines != 0 ? _start + BitOperations.TrailingZeroCount(newlines) : FindFarEnd(bytes, _start, _last);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FindFarEnd(byte[] bytes, int start, int last) => start + bytes.AsSpan(start, last - start).IndexOf(Utf8TextBlock.LineEnd);
}
