using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.Memory;

/// <summary>
/// Hash and equality of short texts, eight bytes at a time. The hash is two multiplications of 64 by 64 to 128 bits for up to sixteen bytes, and one
/// more for each further eight; the halves of each product are joined. The factors are mixed with secrets drawn once per process, so that nobody can
/// choose texts that collide.
/// </summary>
internal static class Utf8Words
{
    private static readonly ulong FirstSecret = NewSecret();
    private static readonly ulong SecondSecret = NewSecret();
    private static readonly ulong ThirdSecret = NewSecret();

    /// <summary>The hash of a text of a block. Reads up to sixteen bytes whatever the length (the block's padding allows it) and masks off what is not the text's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Hash(ref byte first, int length)
    {
        if (length > 2 * sizeof(ulong))
        {
            return HashLong(ref first, length);
        }

        var low = Load(ref first);
        var high = 0UL;
        if (length <= sizeof(ulong))
        {
            low = length == 0 ? 0 : low & Mask(length);
        }
        else
        {
            high = Load(ref Unsafe.Add(ref first, sizeof(ulong))) & Mask(length - sizeof(ulong));
        }

        return Finish(low, high, length);
    }

    /// <summary>The hash of any bytes. Other bytes than <see cref="Hash"/> would give for the same text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HashExactly(ref byte first, int length)
    {
        if (length > 2 * sizeof(ulong))
        {
            return HashLong(ref first, length);
        }

        // Two words that cover the bytes, and overlap where there are fewer than sixteen.
        ulong low;
        var high = 0UL;
        if (length >= sizeof(ulong))
        {
            low = Load(ref first);
            high = Load(ref Unsafe.Add(ref first, length - sizeof(ulong)));
        }
        else if (length >= sizeof(uint))
        {
            low = Unsafe.ReadUnaligned<uint>(ref first);
            high = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, length - sizeof(uint)));
        }
        else if (length > 0)
        {
            low = first | ((ulong)Unsafe.Add(ref first, length >> 1) << 8) | ((ulong)Unsafe.Add(ref first, length - 1) << 16);
        }
        else
        {
            low = 0;
        }

        return Finish(low, high, length);
    }

    /// <summary>Whether two texts of blocks, of the same length, hold the same bytes. Reads past them as <see cref="Hash"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(ref byte left, ref byte right, int length)
    {
        if (length > Vector128<byte>.Count)
        {
            return MemoryMarshal.CreateReadOnlySpan(ref left, length).SequenceEqual(MemoryMarshal.CreateReadOnlySpan(ref right, length));
        }

        var different = ~Vector128.Equals(Vector128.LoadUnsafe(ref left), Vector128.LoadUnsafe(ref right)).ExtractMostSignificantBits();
        return (different & ((1u << length) - 1)) == 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int HashLong(ref byte first, int length)
    {
        var state = FirstSecret;
        var last = length - (2 * sizeof(ulong));
        for (var position = 0; position < last; position += 2 * sizeof(ulong))
        {
            ref var pair = ref Unsafe.Add(ref first, position);
            state = Fold(Load(ref pair) ^ state, Load(ref Unsafe.Add(ref pair, sizeof(ulong))) ^ SecondSecret);
        }

        ref var end = ref Unsafe.Add(ref first, last);
        return Finish(Load(ref end) ^ state, Load(ref Unsafe.Add(ref end, sizeof(ulong))), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Finish(ulong low, ulong high, int length)
    {
        // One product alone is nearly linear in a word that varies: counting words would crowd some buckets, for some secrets.
        var hash = Fold(Fold(low ^ FirstSecret, high ^ SecondSecret), ThirdSecret ^ (ulong)length);
        return (int)hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    /// <summary>The lowest bytes of a word; from one to eight of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(int length) => ulong.MaxValue >> (64 - (length * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ref byte first)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref first);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    private static ulong NewSecret()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) | 1;
    }
}
