using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    /// <summary>The hash of a piece of an array. Reads past the piece, though never past the array, and masks off what it got there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Hash(byte[] bytes, int start, int length)
    {
        Debug.Assert(length > 0 && start >= 0 && start + length <= bytes.Length);
        if (length <= 2 * sizeof(ulong) && start <= bytes.Length - (2 * sizeof(ulong)))
        {
            ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), (nint)(uint)start);
            var low = Load(ref first);
            var high = 0UL;
            if (length <= sizeof(ulong))
            {
                low &= Mask(length);
            }
            else
            {
                high = Load(ref Unsafe.Add(ref first, sizeof(ulong))) & Mask(length - sizeof(ulong));
            }

            return Finish(low, high, length);
        }

        return HashAtEnd(bytes, start, length);
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

    /// <summary>Whether two pieces of the same length hold the same bytes. Reads past the pieces as <see cref="Hash"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(byte[] left, int leftStart, byte[] right, int rightStart, int length)
    {
        Debug.Assert(length > 0 && leftStart + length <= left.Length && rightStart + length <= right.Length);
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(left), (nint)(uint)leftStart);
        ref var second = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(right), (nint)(uint)rightStart);
        if (length <= sizeof(ulong) && leftStart <= left.Length - sizeof(ulong) && rightStart <= right.Length - sizeof(ulong))
        {
            return ((Load(ref first) ^ Load(ref second)) & Mask(length)) == 0;
        }

        if (length is < sizeof(ulong) or > 2 * sizeof(ulong))
        {
            return MemoryMarshal.CreateReadOnlySpan(ref first, length).SequenceEqual(MemoryMarshal.CreateReadOnlySpan(ref second, length));
        }

        // From eight to sixteen bytes: the first eight and the last eight, which overlap.
        var last = (nint)(uint)length - sizeof(ulong);
        return ((Load(ref first) ^ Load(ref second)) | (Load(ref Unsafe.Add(ref first, last)) ^ Load(ref Unsafe.Add(ref second, last)))) == 0;
    }

    /// <summary>A long text; or one so near to the array's end that two words can't be read there: padded instead.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int HashAtEnd(byte[] bytes, int start, int length)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), (nint)(uint)start);
        if (length > 2 * sizeof(ulong))
        {
            return HashLong(ref first, length);
        }

        Span<byte> padded = stackalloc byte[2 * sizeof(ulong)];
        padded.Clear();
        bytes.AsSpan(start, length).CopyTo(padded);
        return Finish(BinaryPrimitives.ReadUInt64LittleEndian(padded), BinaryPrimitives.ReadUInt64LittleEndian(padded[sizeof(ulong)..]), length);
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
