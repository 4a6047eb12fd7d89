using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>Hashes of keys for tables in memory: fast, seeded once per process, never stored.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ProbeHash
{
    /// <summary>The hash of a string; 0 for null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(string? key) => key is null
        ? 0
        : Utf8Words.HashExactly(ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(key.AsSpan())), key.Length * sizeof(char));
}
