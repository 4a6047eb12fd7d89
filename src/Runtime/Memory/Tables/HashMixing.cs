using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Aes = System.Runtime.Intrinsics.X86.Aes;

namespace CodegenStreaming.Memory;

/// <summary>
/// Mixes words to hashes of 32 bits, with multiplications whose upper halves are used. The factors are secrets drawn once per process, so that nobody can
/// choose keys that collide. (Products of 128 bits mix better still, but cost a store and a load: the JIT returns their lower half through memory.)
/// </summary>
internal static class HashMixing
{
    private static readonly ulong FirstSecret = NewSecret();
    private static readonly ulong SecondSecret = NewSecret();
    private static readonly ulong ThirdSecret = NewSecret();
    private static readonly ulong FourthSecret = NewSecret();
    private static readonly Vector128<byte> FirstKey = Vector128.Create(NewSecret(), NewSecret()).AsByte();
    private static readonly Vector128<byte> SecondKey = Vector128.Create(NewSecret(), NewSecret()).AsByte();

    /// <summary>
    /// The hash of one word. The product of a secret says too little by itself, and nothing below a number's lowest bit: so the word's upper part is joined
    /// to its lower one before it, the product's after it, and another product follows. Over two hundred pairs of secrets, numbers of all kinds that are
    /// usual (counted, shifted, paired, times, floating-point ones) fill buckets as random ones do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(ulong word)
    {
        var product = (word ^ (word >> 29) ^ FirstSecret) * SecondSecret;
        return (uint)(((product ^ (product >> 32)) * ThirdSecret) >> 32);
    }

    /// <summary>
    /// The hash of 32 bytes: three rounds of AES with secret keys where the processor has them, which is a third of the instructions of the products. The halves
    /// are joined after one round, so that of either three are done: after two only, texts that differ in a few bytes of one half would collide.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(Vector256<byte> bytes) =>
        Aes.IsSupported
            ? Aes.Encrypt(Aes.Encrypt(Aes.Encrypt(bytes.GetLower() ^ FirstKey, SecondKey) ^ Aes.Encrypt(bytes.GetUpper() ^ SecondKey, FirstKey), FirstKey), SecondKey)
                .AsUInt32().ToScalar()
            : MixWords(bytes.AsUInt64());

    internal static uint MixWords(Vector256<ulong> words) => Mix(Fold(words[0] ^ FirstSecret, words[1] ^ SecondSecret), Fold(words[2] ^ ThirdSecret, words[3] ^ FourthSecret));

    // The products' upper halves are the well mixed ones: crossed, so that the other product's lower half is added to them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(ulong low, ulong high) =>
        Finish(((low ^ FirstSecret) * SecondSecret) + BitOperations.RotateLeft((high ^ ThirdSecret) * FourthSecret, 32));

    /// <summary>A hash of 64 bits of sixteen bytes or more: one step for each sixteen, the last of which may overlap those before.</summary>
    public static ulong MixLong(ref readonly byte first, int length)
    {
        const int Step = 2 * sizeof(ulong);
        Debug.Assert(length >= Step);
        var state = FirstSecret ^ (ulong)length;
        var last = length - Step;
        for (var position = 0; position < last; position += Step)
        {
            state = Fold(Word(in first, position) ^ state, Word(in first, position + sizeof(ulong)) ^ SecondSecret);
        }

        return Fold(Fold(Word(in first, last) ^ state, Word(in first, last + sizeof(ulong)) ^ SecondSecret), ThirdSecret);
    }

    /// <summary>
    /// The product of a secret says too little by itself: numbers that differ in their upper bits only would crowd some slots, for some secrets. So its
    /// halves are joined, twice, with factors that are known to mix well (they are those of SplitMix64).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Finish(ulong product)
    {
        product = (product ^ (product >> 32)) * 0xBF58476D1CE4E5B9;
        return (uint)(((product ^ (product >> 29)) * 0x94D049BB133111EB) >> 32);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    /// <summary>Eight bytes of a text, from a position at least eight before its end.</summary>
    private static ulong Word(ref readonly byte first, int position) => Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in first), position));

    /// <summary>Odd, so that multiplying loses nothing, and with the highest bit, so that the product of a small number reaches its upper half.</summary>
    private static ulong NewSecret()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) | (1UL << 63) | 1;
    }
}
