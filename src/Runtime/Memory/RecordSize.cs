using System.Runtime.CompilerServices;

namespace CodegenStreaming.Memory;

/// <summary>What records occupy, for bounds on memory: exact for values, strings, text and byte arrays, a guess for other objects.</summary>
internal static class RecordSize
{
    private const int ObjectGuess = 64;
    private const int ObjectHeader = 24;

    public static long Of<T>(ReadOnlySpan<T> records)
    {
        var size = (long)records.Length * Unsafe.SizeOf<T>();
        if (typeof(T) == typeof(string) || typeof(T) == typeof(byte[]))
        {
            foreach (var record in records)
            {
                size += record switch
                {
                    string text => ObjectHeader + (text.Length * sizeof(char)),
                    byte[] bytes => ObjectHeader + bytes.Length,
                    _ => 0,
                };
            }
        }
        else if (typeof(T) == typeof(Utf8Slice))
        {
            foreach (var record in records)
            {
                size += record is Utf8Slice text ? text.Length : 0; // What else the slices' blocks hold is not seen.
            }
        }
        else if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            size += (long)records.Length * ObjectGuess;
        }

        return size;
    }

    /// <summary>The records of a block; of text, the block itself.</summary>
    public static long Of<T>(Block<T> block) => block is Utf8TextBlock ? block.ByteSize : Of(block.Records);
}
