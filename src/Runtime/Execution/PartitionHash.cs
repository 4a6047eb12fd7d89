using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CodegenStreaming.Execution;

/// <summary>
/// The partition hash, version 1: XxHash3 of a key's canonical bytes, upper 32 bits. Stable for ever, so that state finds its place after a restart.
/// </summary>
internal static class PartitionHash
{
    public static uint Of<TKey>(TKey key)
    {
        if (key is null)
        {
            return 0;
        }

        if (typeof(TKey) == typeof(string))
        {
            return OfText(Unsafe.As<TKey, string>(ref key));
        }

        if (typeof(TKey) == typeof(Utf8Slice))
        {
            return OfBytes(((Utf8Slice)(object)key).Span);
        }

        // Integers widen first, so that a key keeps its place when its type is widened.
        return key switch
        {
            int value => OfInteger(value),
            long value => OfInteger(value),
            short value => OfInteger(value),
            byte value => OfInteger(value),
            char value => OfInteger(value),
            uint value => OfInteger(value),
            bool value => OfInteger(value ? 1 : 0),
            Guid value => OfUnmanaged(value),
            DateTime value => OfInteger(value.Ticks),
            ITuple tuple => OfTuple(tuple),
            _ => OfInteger(key.GetHashCode()),
        };
    }

    private static uint OfTuple(ITuple tuple)
    {
        Span<uint> hashes = stackalloc uint[tuple.Length];
        for (var index = 0; index < hashes.Length; index++)
        {
            hashes[index] = tuple[index] is string text ? OfText(text) : Of(tuple[index]);
        }

        return OfBytes(MemoryMarshal.AsBytes(hashes));
    }

    private static uint OfText(string text)
    {
        const int OnStack = 512;
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        return OfBytes(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private static uint OfInteger(long value) => OfUnmanaged(value);

    private static uint OfUnmanaged<T>(T value)
        where T : unmanaged => OfBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    private static uint OfBytes(ReadOnlySpan<byte> bytes) => (uint)(XxHash3.HashToUInt64(bytes) >> 32);
}
