namespace CodegenStreaming.Execution.Storage;

/// <summary>Which encoding a persisted data set has.</summary>
internal static class BlockEncodings
{
    /// <summary>The encoding that a level needs; null where it needs none.</summary>
    /// <exception cref="NotSupportedException">It needs one, and the record type has none.</exception>
    public static BlockEncoding<T>? For<T>(StorageLevel level, DatasetNode node)
    {
        if (level == StorageLevel.MemoryOnly)
        {
            return null;
        }

        return BlockEncoding<T>.Find() ?? throw new NotSupportedException(
            $"StorageLevel.{level} encodes records, and {node.Describe()} has records of type {typeof(T)}, which have no encoding. "
            + "Persist them at StorageLevel.MemoryOnly, or map them to values without references (numbers, structs of numbers) first.");
    }
}
