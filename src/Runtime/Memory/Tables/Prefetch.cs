using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CodegenStreaming.Memory;

/// <summary>Asks the processor to fetch a line that will be needed soon. Where it has no such instruction nothing happens.</summary>
internal static class Prefetch
{
    /// <summary>The bytes of a line, on all processors that we know of but a few with larger ones.</summary>
    public const int LineSize = 64;

    /// <summary>Fetches the line of a reference. It may point anywhere: a prefetch never faults, and what moves meanwhile is merely not fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref readonly T target)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in target)));
        }
    }

    /// <summary>Fetches the lines where something begins and ends, where these are two: a thing of less than a line's size often lies in both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Whole<T>(ref readonly T target)
    {
        if (Sse.IsSupported)
        {
            Whole((byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in target)), Unsafe.SizeOf<T>());
        }
    }

    /// <summary>
    /// Fetches the lines where an element begins and ends that may lie beyond its array: the address is no reference, which the collector would have to follow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Element<T>(ref readonly T first, uint index)
    {
        if (Sse.IsSupported)
        {
            Whole((byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in first)) + ((nuint)index * (nuint)Unsafe.SizeOf<T>()), Unsafe.SizeOf<T>());
        }
    }

    // What is as small as a word is aligned to its size, as the elements of arrays are, and lies in one line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Whole(byte* first, int size)
    {
        Sse.Prefetch0(first);
        if (size > sizeof(ulong))
        {
            Sse.Prefetch0(first + size - 1);
        }
    }
}
