using System.Runtime.CompilerServices;

namespace CodegenStreaming.Sources;

/// <summary>What records occupy, for the bound on pending data: exact for values, strings and byte arrays, a guess for other objects.</summary>
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
        else if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            size += (long)records.Length * ObjectGuess;
        }

        return size;
    }
}
