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

        return HashSlowly(bytes.AsSpan(start, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(ref byte left, ref byte right, int length)
    {
        if (length < sizeof(ulong) || length > 2 * sizeof(ulong))
        {
            return MemoryMarshal.CreateReadOnlySpan(ref left, length).SequenceEqual(MemoryMarshal.CreateReadOnlySpan(ref right, length));
        }

        // From eight to sixteen bytes: the first eight and the last eight, which overlap.
        var last = (nint)(uint)length - sizeof(ulong);
        return ((Load(ref left) ^ Load(ref right)) | (Load(ref Unsafe.Add(ref left, last)) ^ Load(ref Unsafe.Add(ref right, last)))) == 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int HashSlowly(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        var state = 0UL;
        while (text.Length > 2 * sizeof(ulong))
        {
            state = Fold(BinaryPrimitives.ReadUInt64LittleEndian(text) ^ state ^ FirstSecret, SecondSecret);
            text = text[sizeof(ulong)..];
        }

        Span<byte> rest = stackalloc byte[2 * sizeof(ulong)];
        rest.Clear();
        text.CopyTo(rest);
        return Finish(BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ state, BinaryPrimitives.ReadUInt64LittleEndian(rest[sizeof(ulong)..]), length);
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
