using System.Diagnostics.CodeAnalysis;

namespace CodegenStreaming.Memory;

/// <summary>A block of text lines: the bytes, and where each line ends.</summary>
internal sealed class Utf8TextBlock : Block<Utf8Slice>
{
    private BlockPool? _pool;
    private readonly int _count;
    private readonly int _length;
    private byte[]? _bytes;
    private int[]? _ends;

    /// <param name="bytes">The lines one after another, without separators.</param>
    /// <param name="length">How many of the bytes are used.</param>
    /// <param name="ends">Where each line ends (exclusive).</param>
    /// <param name="count">The number of lines.</param>
    /// <param name="pool">Where the arrays go back to; null where they are the user's.</param>
    public Utf8TextBlock(byte[] bytes, int length, int[] ends, int count, BlockPool? pool)
    {
        (_bytes, _length, _ends, _count, _pool) = (bytes, length, ends, count, pool);
    }

    public override int Count => _count;

    public override ReadOnlySpan<Utf8Slice> Records => throw new InvalidOperationException("A text block has no rows; read its lines.");

    public override long ByteSize => _length + ((long)_count * sizeof(int));

    /// <summary>For a use of text whose memory is gone.</summary>
    [DoesNotReturn]
    internal static byte[] ThrowReturned() => throw Returned();

    private static ObjectDisposedException Returned() => new(
        nameof(Utf8Slice), "The text's batch is over and its memory went back to the pool. Copy what is to be kept with ToString() while the batch runs.");

    /// <summary>The bytes, or null once the block's memory has gone back to the pool.</summary>
    internal byte[]? Bytes => _bytes;

    /// <summary>Where each line ends.</summary>
    internal int[] Ends => _ends ?? throw Returned();

    public Utf8Lines Lines(int start, int count) => new(this, start, count);

    public override IEnumerable<Utf8Slice> Read()
    {
        for (var line = 0; line < _count; line++)
        {
            var start = line == 0 ? 0 : Ends[line - 1];
            yield return new Utf8Slice(this, start, Ends[line] - start);
        }
    }

    /// <summary>Takes the memory out of the pool's hands for good: slices stay valid after the block's last release.</summary>
    public void Detach()
    {
        if (Interlocked.Exchange(ref _pool, null) is { } pool)
        {
            pool.Drop(_bytes!);
            pool.Drop(_ends!);
        }
    }

    private protected override void Free()
    {
        if (_pool is null)
        {
            return;
        }

        var bytes = Interlocked.Exchange(ref _bytes, null);
        var ends = Interlocked.Exchange(ref _ends, null);
        if (bytes is not null && ends is not null)
        {
            _pool.Return(bytes, 0);
            _pool.Return(ends, 0);
        }
    }
}
