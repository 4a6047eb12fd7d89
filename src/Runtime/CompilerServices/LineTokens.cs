using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// The pieces of a run of lines, all lines in one walk: separators and newlines are marked together, 64 bytes at a time, since either ends a piece.
/// The source of generated loops whose chain begins with <c>FlatMap(line => line.Split(…))</c>.
/// </summary>
/// <typeparam name="TSeparators">What separates the pieces of a line.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct LineTokens<TSeparators> : IRecordSource<Utf8Slice>
    where TSeparators : struct, ISeparators
{
    /// <summary>How far ahead memory is asked for: after each word whose place in a table was not foreseen, the processor begins to look ahead anew.</summary>
    private const int Ahead = 512;

    private readonly Utf8TextBlock _block;

    /// <summary>The block's first byte.</summary>
    private readonly ref byte _text;
    private readonly int _end;
    private readonly bool _leavesOutEmpty;
    private readonly TSeparators _separators;

    /// <summary>Where the bytes begin that no mask was made of yet.</summary>
    private int _next;
    private int _start;
    private ulong _mask;

    internal LineTokens(Utf8Lines lines, TSeparators separators, bool leavesOutEmpty)
    {
        (_block, _separators, _leavesOutEmpty) = (lines.Block, separators, leavesOutEmpty);
        (_start, _end) = lines.Extent;
        _next = _start;
        _text = ref MemoryMarshal.GetArrayDataReference(_block.Bytes ?? Utf8TextBlock.ThrowReturned());
    }

    /// <summary>Takes the next piece; false at the end of the run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out Utf8Slice token)
    {
        while (true)
        {
            while (_mask == 0)
            {
                if (_next >= _end)
                {
                    token = default;
                    return false;
                }

                Prefetch.Line(in Unsafe.Add(ref _text, (nint)(uint)_next + Ahead));
                // Within the text, so that the load stays within the block's padding. Bits beyond the run are those of other lines.
                _mask = _separators.MaskWithLineEnds(in Unsafe.Add(ref _text, (nint)(uint)_next)) & ByteMask.Lowest(_end - _next);
                _next += ByteMask.Length;
            }

            var start = _start;
            var end = _next - ByteMask.Length + BitOperations.TrailingZeroCount(_mask);
            _mask &= _mask - 1;
            _start = end + 1;
            if (end > start || !_leavesOutEmpty)
            {
                token = new Utf8Slice(_block, start, end - start);
                return true;
            }
        }
    }
}
