using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CodegenStreaming.Codecs;

/// <summary>Values as the bytes that they lie in. What they mean is for the codecs that say that any bytes are a value.</summary>
internal static class RawMemory
{
    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
    {
        Check<T>();

        // The span covers exactly the values' own memory: their number times their size, without references.
        return MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), checked(values.Length * Unsafe.SizeOf<T>()));
    }

    public static Span<byte> Bytes<T>(Span<T> values)
    {
        Check<T>();

        // As above.
        return MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), checked(values.Length * Unsafe.SizeOf<T>()));
    }

    private static void Check<T>()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            throw new InvalidOperationException($"{typeof(T)} holds references: its codec must not say that it is raw.");
        }
    }
}
