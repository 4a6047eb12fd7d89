namespace CodegenStreaming.Execution.Storage;

/// <summary>Hashes by which spilled records are ordered, so that they can be merged one slice of the hashes after another.</summary>
internal static class HashSlice
{
    /// <summary>Keys of one partition have neighbouring partition hashes; multiplied by this odd number they lie all over the range, and none meet.</summary>
    private const uint Spread = 0x9E3779B1;

    /// <summary>The hash of a key.</summary>
    public static uint HashOf<TKey>(TKey key) => unchecked(PartitionHash.Of(key) * Spread);

    /// <summary>The last hash of one of some equal slices, numbered from zero.</summary>
    public static uint LastOf(int slice, int count) => (uint)(((((ulong)slice + 1) << 32) / (uint)count) - 1);
}
