using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace CodegenStreaming.Memory;

/// <summary>
/// A block of text lines: the bytes, and where each line ends unless nobody needs to know it beforehand. Two promises let loops go over the buffer and not over lines:
/// <list type="number">
/// <item>Behind each line stands one newline that belongs to no line, so a search over many lines never takes the end of one and the beginning of
/// the next for a match.</item>
/// <item>Behind the text the array goes on for <see cref="Padding"/> bytes of anything, so a load of that length may begin at any byte of the text.</item>
/// </list>
/// </summary>
internal sealed class Utf8TextBlock : Block<Utf8Slice>
{
    /// <summary>What an array has behind its text: as much as the longest vector loads.</summary>
    public const int Padding = 64;

    /// <summary>What stands behind each line.</summary>
    public const byte LineEnd = (byte)'\n';

    private const int NotCounted = -1;

    private BlockPool? _pool;
    private int _count;
    private readonly int _length;
    private byte[]? _bytes;
    private int[]? _ends;

    /// <param name="bytes">The lines one after another, each with its newline, and then the padding.</param>
    /// <param name="length">How many of the bytes are text, the last newline included.</param>
    /// <param name="ends">Where each line ends: the position of its newline.</param>
    /// <param name="count">The number of lines.</param>
    /// <param name="pool">Where the arrays go back to; null where they are the user's.</param>
    public Utf8TextBlock(byte[] bytes, int length, int[] ends, int count, BlockPool? pool)
    {
        if (length > bytes.Length - Padding)
        {
            throw new ArgumentException($"The array has less than {Padding} bytes behind its text.", nameof(bytes));
        }

        Debug.Assert(count == 0 ? length == 0 : ends[count - 1] == length - 1, "The text ends with the last line's newline.");
        Debug.Assert(AllEndInNewlines(bytes, ends.AsSpan(0, count)), "A line has no newline behind it.");
        (_bytes, _length, _ends, _count, _pool) = (bytes, length, ends, count, pool);
    }

    /// <summary>A block that is walked over once, from the first line to the last: where its lines end is found on the way.</summary>
    /// <param name="bytes">The lines one after another, each with its newline, and then the padding.</param>
    /// <param name="length">How many of the bytes are text, the last newline included.</param>
    /// <param name="pool">Where the array goes back to.</param>
    public Utf8TextBlock(byte[] bytes, int length, BlockPool pool)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, bytes.Length - Padding);
        Debug.Assert(length == 0 || bytes[length - 1] == LineEnd, "The text ends with the last line's newline.");
        (_bytes, _length, _count, _pool) = (bytes, length, NotCounted, pool);
    }

    /// <summary>A block in memory that no batch takes back, with one line of the given bytes.</summary>
    public static Utf8TextBlock Copy(ReadOnlySpan<byte> utf8)
    {
        var bytes = new byte[checked(utf8.Length + 1 + Padding)];
        utf8.CopyTo(bytes);
        bytes[utf8.Length] = LineEnd;
        return new Utf8TextBlock(bytes, utf8.Length + 1, [utf8.Length], 1, pool: null);
    }

    /// <summary>The number of lines; counted when it is asked for where the block does not know its lines.</summary>
    public override int Count => _count != NotCounted ? _count : _count = (_bytes ?? ThrowReturned()).AsSpan(0, _length).Count(LineEnd);

    /// <summary>Whether the block knows where each line ends. One that does not can only be walked over as a whole.</summary>
    public bool KnowsLines => _count == 0 || _ends is not null;

    public override ReadOnlySpan<Utf8Slice> Records => throw new InvalidOperationException("A text block has no rows; read its lines.");

    public override long ByteSize => _length + (_ends is null ? 0 : (long)_count * sizeof(int));

    /// <summary>For a use of text whose memory is gone.</summary>
    [DoesNotReturn]
    internal static byte[] ThrowReturned() => throw Returned();

    private static ObjectDisposedException Returned() => new(
        nameof(Utf8Slice), "The text's batch is over and its memory went back to the pool. Copy what is to be kept with ToString() while the batch runs.");

    /// <summary>The bytes, or null once the block's memory has gone back to the pool.</summary>
    internal byte[]? Bytes => _bytes;

    /// <summary>Where each line ends.</summary>
    internal int[] Ends => _ends ?? throw Returned();

    /// <summary>Where a line begins: behind the newline of the one before.</summary>
    public int StartOf(int line) => line == 0 ? 0 : Ends[line - 1] + 1;

    public Utf8Lines Lines(int start, int count) => new(this, start, count);

    /// <summary>All lines.</summary>
    public Utf8Lines Lines() => new(this, _length);

    public override IEnumerable<Utf8Slice> Read()
    {
        var lines = Lines();
        while (lines.TryRead(out var line))
        {
            yield return line;
        }
    }

    /// <summary>Takes the memory out of the pool's hands for good: slices stay valid after the block's last release.</summary>
    public void Detach()
    {
        if (Interlocked.Exchange(ref _pool, null) is { } pool)
        {
            pool.Drop(_bytes!);
            if (_ends is not null)
            {
                pool.Drop(_ends);
            }
        }
    }

    private static bool AllEndInNewlines(byte[] bytes, ReadOnlySpan<int> ends)
    {
        foreach (var end in ends)
        {
            if (bytes[end] != LineEnd)
            {
                return false;
            }
        }

        return true;
    }

    private protected override void Free()
    {
        if (_pool is null)
        {
            return;
        }

        var bytes = Interlocked.Exchange(ref _bytes, null);
        var ends = Interlocked.Exchange(ref _ends, null);
        if (bytes is not null)
        {
            _pool.Return(bytes, 0);
        }

        if (ends is not null)
        {
            _pool.Return(ends, 0);
        }
    }
}
