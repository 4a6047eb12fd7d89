using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CodegenStreaming.Memory;

/// <summary>
/// Walks over the pieces of a text. Looks at 64 bytes at a time and keeps the positions of the separators among them as a bit mask, so that a short
/// piece costs a few instructions and no call.
/// </summary>
internal struct SplitCursor<TSeparators>
    where TSeparators : struct, ISeparators
{
    private readonly Utf8TextBlock? _block;
    private readonly TSeparators _separators;
    private readonly int _end;
    private readonly StringSplitOptions _options;

    /// <summary>Where the next piece begins; past the end once the last piece was given.</summary>
    private int _next;

    /// <summary>Where the chunk begins that the mask stands for.</summary>
    private int _chunk;
    private ulong _mask;
    private int _start;
    private int _length;

    public SplitCursor(Utf8TextBlock? block, int start, int length, TSeparators separators, StringSplitOptions options)
    {
        _block = block;
        _separators = separators;
        _options = options;
        _end = start + length;
        _next = start;
        _chunk = start - ByteMask.Length;
    }

    /// <summary>A cursor that has given its last piece.</summary>
    public static SplitCursor<TSeparators> Ended => new(null, 0, -1, default, StringSplitOptions.None);

    public readonly Utf8Slice Current => new(_block, _start, _length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext() => _options == StringSplitOptions.None ? Step() : StepWithOptions();

    /// <summary>Counts the pieces that are left.</summary>
    public int Count()
    {
        var count = 0;
        if (_options != StringSplitOptions.None)
        {
            while (StepWithOptions())
            {
                count++;
            }

            return count;
        }

        while (Step())
        {
            // The step gave one piece; the separators that its chunk has left end as many.
            count += 1 + BitOperations.PopCount(_mask);
            Skip(BitOperations.PopCount(_mask));
        }

        return count;
    }

    /// <summary>Goes to a piece by its number, counted from the one that is next; false where there are not so many. What lies between is counted, not cut.</summary>
    public bool MoveTo(int index)
    {
        if (_options != StringSplitOptions.None)
        {
            while (StepWithOptions())
            {
                if (index-- == 0)
                {
                    return true;
                }
            }

            return false;
        }

        while (index > 0)
        {
            if (!Step())
            {
                return false;
            }

            index--;
            var skipped = Math.Min(index, BitOperations.PopCount(_mask));
            Skip(skipped);
            index -= skipped;
        }

        return Step();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Step()
    {
        var start = _next;
        if (start > _end)
        {
            return false;
        }

        while (_mask == 0)
        {
            _chunk += ByteMask.Length;
            if (_chunk >= _end)
            {
                _start = start;
                _length = _end - start;
                _next = _end + 1;
                return true;
            }

            _mask = Load();
        }

        var separator = _chunk + BitOperations.TrailingZeroCount(_mask);
        _mask &= _mask - 1;
        _start = start;
        _length = separator - start;
        _next = separator + 1;
        return true;
    }

    private bool StepWithOptions()
    {
        while (Step())
        {
            if ((_options & StringSplitOptions.TrimEntries) != 0)
            {
                var before = Current;
                var trimmed = before.TrimStart();
                _start += before.Length - trimmed.Length;
                _length = trimmed.TrimEnd().Length;
            }

            if (_length > 0 || (_options & StringSplitOptions.RemoveEmptyEntries) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Passes over pieces that end within the chunk; it has as many separators left.</summary>
    private void Skip(int pieces)
    {
        if (pieces == 0)
        {
            return;
        }

        for (; pieces > 1; pieces--)
        {
            _mask &= _mask - 1;
        }

        _next = _chunk + BitOperations.TrailingZeroCount(_mask) + 1;
        _mask &= _mask - 1;
    }

    /// <summary>The mask of the chunk, cut at the text's end. It begins within the text, so a load stays within the block's padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Load()
    {
        var bytes = _block!.Bytes ?? Utf8TextBlock.ThrowReturned();
        return _separators.Mask(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), (nint)(uint)_chunk)) & ByteMask.Lowest(_end - _chunk);
    }
}
