namespace CodegenStreaming.Chaos;

/// <summary>Records are numbers, each written once; everything about one follows from it.</summary>
internal static class Numbers
{
    /// <summary>The key of a number.</summary>
    public static int KeyOf(long number, int keys) => (int)(Mix((ulong)number) % (ulong)keys);

    /// <summary>A bijection without a pattern.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
