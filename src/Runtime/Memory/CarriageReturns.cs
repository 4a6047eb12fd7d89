using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CodegenStreaming.Memory;

/// <summary>Takes the carriage return out of each line end of text, so that lines which end with CR LF are lines like others from there on.</summary>
internal static class CarriageReturns
{
    private const byte CarriageReturn = (byte)'\r';

    /// <summary>
    /// Moves the text of an array together over each carriage return that stands before a newline. One that is the last byte stays: what comes behind it is not known.
    /// </summary>
    /// <param name="bytes">An array that has the padding of a block behind the text.</param>
    /// <param name="start">Where the text begins.</param>
    /// <param name="end">Behind the text.</param>
    /// <returns>Behind the text as it is now.</returns>
    public static int Remove(byte[] bytes, int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, bytes.Length - Utf8TextBlock.Padding);
        var first = bytes.AsSpan(start, end - start).IndexOf(CarriageReturn);
        if (first < 0)
        {
            return end;
        }

        var (from, to) = (start + first, start + first);
        if (Avx512Vbmi2.IsSupported)
        {
            RemoveWithVectors(bytes, ref from, ref to, end);
        }

        return RemoveByPieces(bytes, from, to, end);
    }

    /// <summary>Moves what lies between two of them at a time.</summary>
    /// <param name="bytes">The array.</param>
    /// <param name="from">Where what is to be moved begins.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="end">Behind the text.</param>
    internal static int RemoveByPieces(byte[] bytes, int from, int to, int end)
    {
        for (var position = from; position < end; position += ByteMask.Length)
        {
            // Within the text, so that both loads stay within the padding. What stands behind the text is no newline of it.
            ref var first = ref bytes[position];
            var returns = ByteMask.Of(in first, CarriageReturn) & ByteMask.Of(in Unsafe.Add(ref first, 1), Utf8TextBlock.LineEnd) & ByteMask.Lowest(end - 1 - position);
            for (; returns != 0; returns &= returns - 1)
            {
                var next = position + BitOperations.TrailingZeroCount(returns);
                bytes.AsSpan(from, next - from).CopyTo(bytes.AsSpan(to));
                to += next - from;
                from = next + 1;
            }
        }

        bytes.AsSpan(from, end - from).CopyTo(bytes.AsSpan(to));
        return to + end - from;
    }

    /// <summary>
    /// Moves 64 bytes at a time, as long as so many and one more are left: a vector is stored without its carriage returns, and the next one over what it has
    /// behind its bytes. No store reaches beyond what has been loaded, since text moves towards the beginning.
    /// </summary>
    private static void RemoveWithVectors(byte[] bytes, ref int from, ref int to, int end)
    {
        ref var text = ref MemoryMarshal.GetArrayDataReference(bytes);
        var (carriageReturn, newline) = (Vector512.Create(CarriageReturn), Vector512.Create(Utf8TextBlock.LineEnd));
        for (; from < end - Vector512<byte>.Count; from += Vector512<byte>.Count)
        {
            var vector = Vector512.LoadUnsafe(ref text, (nuint)from);
            var returns = Vector512.Equals(vector, carriageReturn) & Vector512.Equals(Vector512.LoadUnsafe(ref text, (nuint)from + 1), newline);
            Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~returns, vector).StoreUnsafe(ref text, (nuint)to);
            to += Vector512<byte>.Count - BitOperations.PopCount(returns.ExtractMostSignificantBits());
        }
    }
}
