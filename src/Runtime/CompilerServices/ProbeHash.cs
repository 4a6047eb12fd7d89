using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// Hashes of keys for tables in memory: fast, seeded once per process, never stored. Every bit of a hash depends on every bit of its key, so tables take
/// any of them. (Where a key's records go is decided by the partition hash, which stays the same for ever.)
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ProbeHash
{
    /// <summary>The hash of a whole number, of a character, of the hash code that a type gives its values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(long key) => HashMixing.Mix((ulong)key);

    /// <summary>The hash of a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ulong key) => HashMixing.Mix(key);

    /// <summary>The hash of a truth value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(bool key) => HashMixing.Mix(key ? 1UL : 0);

    /// <summary>The hash of a string; null has one too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(string? key) => key is null
        ? 0
        : (uint)Utf8Words.HashExactly(ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(key.AsSpan())), key.Length * sizeof(char));

    /// <summary>The hash of two things, each of which is a number or has a hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ulong first, ulong second) => HashMixing.Mix(first, second);

    /// <summary>A whole number, or a character, as a part of a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(long key) => (ulong)key;

    /// <summary>A whole number as a part of a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(ulong key) => key;

    /// <summary>A truth value as a part of a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(bool key) => key ? 1UL : 0;
}
