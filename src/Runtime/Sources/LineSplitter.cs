using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>
/// Cuts a stream of bytes into lines, whatever chunks it comes in. A line ends with LF or CR LF; an empty line is a record. A line longer than the
/// maximum is skipped up to its newline, so that memory stays bounded. Not thread-safe.
/// </summary>
internal sealed class LineSplitter(int maximumLength, BlockPool pool) : IDisposable
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private const int InitialCapacity = 256;

    private byte[]? _begun;
    private int _length;
    private bool _skipping;

    /// <summary>Lines left out because they were too long.</summary>
    public long SkippedLines { get; private set; }

    /// <summary>Bytes of a line whose end has not come.</summary>
    public int IncompleteLength => _length;

    /// <summary>Takes the next bytes and writes the lines that end in them.</summary>
    public void Append<TSink>(ReadOnlySpan<byte> chunk, TSink sink)
        where TSink : ILineSink
    {
        // What ends a line that an earlier chunk began.
        if ((_length > 0 || _skipping) && chunk.IndexOf(LineFeed) is >= 0 and var first)
        {
            EndLine(chunk[..first], sink);
            chunk = chunk[(first + 1)..];
        }

        var end = chunk.LastIndexOf(LineFeed) + 1;
        if (end > 0)
        {
            EndLines(chunk[..end], sink);
        }

        Begin(chunk[end..]);
    }

    /// <summary>The stream is over: what stands after the last newline is a line too.</summary>
    public void Complete<TSink>(TSink sink)
        where TSink : ILineSink
    {
        if (_length > 0 || _skipping)
        {
            EndLine([], sink);
        }
    }

    public void Dispose()
    {
        if (_begun is not null)
        {
            pool.Return(_begun, 0);
            _begun = null;
        }

        (_length, _skipping) = (0, false);
    }

    /// <summary>Whole lines: all at once, unless one of them may have to be left out.</summary>
    private void EndLines<TSink>(ReadOnlySpan<byte> lines, TSink sink)
        where TSink : ILineSink
    {
        if (lines.Length > maximumLength)
        {
            while (!lines.IsEmpty)
            {
                var end = lines.IndexOf(LineFeed);
                EndLine(lines[..end], sink);
                lines = lines[(end + 1)..];
            }
        }
        else if (lines.Contains(CarriageReturn))
        {
            var copy = pool.Rent<byte>(lines.Length + Utf8TextBlock.Padding);
            lines.CopyTo(copy);
            sink.WriteLines(copy.AsSpan(0, CarriageReturns.Remove(copy, 0, lines.Length)));
            pool.Return(copy, 0);
        }
        else
        {
            sink.WriteLines(lines);
        }
    }

    private void EndLine<TSink>(ReadOnlySpan<byte> rest, TSink sink)
        where TSink : ILineSink
    {
        if (_length > 0 || _skipping)
        {
            Begin(rest);
            rest = _begun.AsSpan(0, _length);
        }

        if (rest is [.., CarriageReturn])
        {
            rest = rest[..^1];
        }

        if (_skipping || rest.Length > maximumLength)
        {
            SkippedLines++;
        }
        else
        {
            sink.WriteLine(rest);
        }

        (_length, _skipping) = (0, false);
    }

    /// <summary>Keeps a piece of a line until the rest comes. One byte more than the maximum may be the CR of a line that just fits.</summary>
    private void Begin(ReadOnlySpan<byte> piece)
    {
        if (_skipping || piece.Length > maximumLength + 1L - _length)
        {
            (_length, _skipping) = (0, true);
            return;
        }

        if (piece.IsEmpty)
        {
            return;
        }

        var needed = _length + piece.Length;
        if (_begun is null || _begun.Length < needed)
        {
            var larger = pool.Rent<byte>(Math.Max(needed, Math.Max(InitialCapacity, 2 * _length)));
            if (_begun is not null)
            {
                Buffer.BlockCopy(_begun, 0, larger, 0, _length);
                pool.Return(_begun, 0);
            }

            _begun = larger;
        }

        piece.CopyTo(_begun.AsSpan(_length));
        _length = needed;
    }
}
