using System.Numerics;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Lines as UTF-8: their bytes one after another in one pooled array, as they came, each with its newline. Allocates nothing per line.</summary>
internal sealed class Utf8LineBuffer(BlockPool pool) : LineBuffer<Utf8Slice>
{
    // Well below what an int can address, and small enough that several tasks share a flood.
    private const int FullLength = 64 * 1024 * 1024;

    private const int InitialLength = 16 * 1024;

    private byte[]? _bytes;
    private int[]? _ends;
    private int _length;
    private int _count;
    private int _expectedLength = InitialLength;
    private int _expectedCount = BlockPool.InitialCapacity;

    public override int Count => _count;

    public override bool IsFull => _length >= FullLength || _count >= FullLength / sizeof(int);

    public override void WriteLine(ReadOnlySpan<byte> line)
    {
        Ensure(line.Length + 1);
        line.CopyTo(_bytes.AsSpan(_length));
        var end = _length + line.Length;
        _bytes![end] = Utf8TextBlock.LineEnd;
        _ends![_count++] = end;
        _length = end + 1;
    }

    /// <summary>Copies the lines as they are and then finds their ends, 64 bytes at a time.</summary>
    public override void WriteLines(ReadOnlySpan<byte> lines)
    {
        Ensure(lines.Length);
        lines.CopyTo(_bytes.AsSpan(_length));
        var end = _length + lines.Length;
        for (; _length < end; _length += ByteMask.Length)
        {
            if (_ends!.Length - _count < ByteMask.Length)
            {
                _ends = Larger(_ends, _count, checked(Math.Max(_ends.Length * 2, _count + ByteMask.Length)));
            }

            // Within the text, so that the load stays within the array's padding.
            var mask = ByteMask.Of(in _bytes![_length], Utf8TextBlock.LineEnd) & ByteMask.Lowest(end - _length);
            for (; mask != 0; mask &= mask - 1)
            {
                _ends[_count++] = _length + BitOperations.TrailingZeroCount(mask);
            }
        }

        _length = end;
    }

    public override LineReader<Utf8Slice> ToReader(BlockPool pool) => new Utf8LineReader(pool);

    public override long Measure(ReadOnlySpan<byte> chunk) => chunk.Length + ((long)sizeof(int) * chunk.Count((byte)'\n'));

    public override Block<Utf8Slice> ToBlock()
    {
        var block = new Utf8TextBlock(_bytes!, _length, _ends!, _count, pool);
        // The next block will be about as large.
        (_expectedLength, _expectedCount) = (Math.Max(_length, InitialLength), Math.Max(_count, BlockPool.InitialCapacity));
        (_bytes, _ends, _length, _count) = (null, null, 0, 0);
        return block;
    }

    private void Ensure(int more)
    {
        if (_bytes is null || _ends is null)
        {
            _bytes = pool.Rent<byte>(Math.Max(_expectedLength, more) + Utf8TextBlock.Padding);
            _ends = pool.Rent<int>(_expectedCount);
            return;
        }

        if (_bytes.Length - _length - Utf8TextBlock.Padding < more)
        {
            _bytes = Larger(_bytes, _length, checked(Math.Max(_bytes.Length * 2, _length + more + Utf8TextBlock.Padding)));
        }

        if (_ends.Length == _count)
        {
            _ends = Larger(_ends, _count, checked(_ends.Length * 2));
        }
    }

    private TItem[] Larger<TItem>(TItem[] array, int used, int length)
    {
        var larger = pool.Rent<TItem>(length);
        Array.Copy(array, larger, used);
        pool.Return(array, used);
        return larger;
    }
}
