using System.Buffers;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>Pooled room for one encoded chunk, used for one after another.</summary>
internal sealed class ChunkBuffer(BlockPool pool) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = pool.Rent<byte>(BlockPool.InitialCapacity);

    public BlockPool Pool => pool;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length), nameof(count));
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Dispose()
    {
        pool.Return(_bytes, 0);
        _bytes = [];
        Length = 0;
    }

    private void Ensure(int sizeHint)
    {
        var needed = checked(Length + Math.Max(1, sizeHint));
        if (needed > _bytes.Length)
        {
            var larger = pool.Rent<byte>((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
            Written.CopyTo(larger);
            pool.Return(_bytes, 0);
            _bytes = larger;
        }
    }
}
