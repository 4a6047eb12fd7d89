using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>
/// Reads a file into the arrays of its blocks: no byte is moved but those of the line that a block's end cuts, and no line is looked for before a loop does it.
/// Only carriage returns at line ends are taken out. A line longer than the maximum is skipped up to its newline.
/// </summary>
internal sealed class Utf8LineReader(BlockPool pool, int maximumLength = int.MaxValue / 2) : LineReader<Utf8Slice>
{
    /// <summary>What is read at a time at least.</summary>
    private const int LeastRoom = 32 * 1024;

    private const byte CarriageReturn = (byte)'\r';

    private byte[]? _bytes;

    /// <summary>The bytes that are whole lines, and all bytes.</summary>
    private int _whole;
    private int _length;
    private bool _skipping;

    public override bool HasLines => _whole > 0;

    public override bool IsFull => _whole > 0 && FreeLength < LeastRoom;

    public override Span<byte> Room
    {
        get
        {
            if (_bytes is null)
            {
                _bytes = pool.Rent<byte>(BlockLength);
            }
            else if (FreeLength < LeastRoom)
            {
                Grow(checked(_bytes.Length * 2L));
            }

            return _bytes.AsSpan(_length, FreeLength);
        }
    }

    private int FreeLength => _bytes is null ? 0 : _bytes.Length - Utf8TextBlock.Padding - _length;

    public override void Take(int length)
    {
        var read = _bytes.AsSpan(_length, length);
        if (_skipping)
        {
            var newline = read.IndexOf(Utf8TextBlock.LineEnd);
            if (newline < 0)
            {
                return;
            }

            read[(newline + 1)..].CopyTo(read);
            length -= newline + 1;
            _skipping = false;
        }

        // From the last byte on, which may be the carriage return before the first newline that is new.
        var start = _length > _whole ? _length - 1 : _length;
        _length = CarriageReturns.Remove(_bytes!, start, _length + length);
        _whole = start + _bytes.AsSpan(start, _length - start).LastIndexOf(Utf8TextBlock.LineEnd) is var last && last >= start ? last + 1 : _whole;
        if (_length - _whole - 1 > maximumLength)
        {
            (_length, _skipping) = (_whole, true);
        }
    }

    public override void Complete()
    {
        if (_length > _whole)
        {
            // The array has its padding behind the text, of which one byte becomes the newline; the padding's length is needed still.
            if (_bytes![_length - 1] == CarriageReturn)
            {
                _length--;
            }

            if (FreeLength == 0)
            {
                Grow(_bytes.Length + 1L);
            }

            _bytes[_length++] = Utf8TextBlock.LineEnd;
            _whole = _length;
        }
    }

    public override Block<Utf8Slice> ToBlock()
    {
        var block = new Utf8TextBlock(_bytes!, _whole, pool);
        var begun = _bytes.AsSpan(_whole, _length - _whole);
        (_bytes, _length, _whole) = (null, begun.Length, 0);
        if (!begun.IsEmpty)
        {
            _bytes = pool.Rent<byte>(Math.Max(BlockLength, begun.Length + LeastRoom + Utf8TextBlock.Padding));
            begun.CopyTo(_bytes);
        }

        return block;
    }

    public override void Dispose()
    {
        if (_bytes is not null)
        {
            pool.Return(_bytes, 0);
            _bytes = null;
        }
    }

    private void Grow(long length)
    {
        var larger = pool.Rent<byte>((int)Math.Min(length, Array.MaxLength));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        pool.Return(_bytes!, 0);
        _bytes = larger;
    }
}
