namespace CodegenStreaming.Execution.Storage;

/// <summary>What the levels mean.</summary>
internal static class StorageLevels
{
    public static bool UsesMemory(StorageLevel level) => level != StorageLevel.DiskOnly;

    public static bool UsesDisk(StorageLevel level) =>
        level is StorageLevel.MemoryAndDisk or StorageLevel.MemoryAndDiskSerialized or StorageLevel.DiskOnly or StorageLevel.OffHeap;

    /// <summary>True where what lies in memory is encoded.</summary>
    public static bool IsEncoded(StorageLevel level) =>
        level is StorageLevel.MemoryOnlySerialized or StorageLevel.MemoryAndDiskSerialized or StorageLevel.OffHeap;

    /// <summary>Refuses what nobody could keep.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No level, or <see cref="StorageLevel.None"/>.</exception>
    /// <exception cref="NotSupportedException">The level needs a cluster.</exception>
    public static void Check(StorageLevel level)
    {
        switch (level)
        {
            case > StorageLevel.None and < StorageLevel.MemoryOnly2:
                return;
            case >= StorageLevel.MemoryOnly2 and <= StorageLevel.DiskOnly2:
                throw new NotSupportedException(
                    $"StorageLevel.{level} keeps a second copy on another machine and needs a cluster. In one process use StorageLevel.{level - StorageLevel.MemoryOnly2 + StorageLevel.MemoryOnly}: what is lost is computed again.");
            default:
                throw new ArgumentOutOfRangeException(nameof(level), level, "This is no level to persist at. Unpersist ends the keeping of a data set.");
        }
    }

    /// <summary>Refuses to change a level.</summary>
    public static void CheckUnchanged(StorageLevel old, StorageLevel level, string what)
    {
        if (old != StorageLevel.None && old != level)
        {
            throw new InvalidOperationException(
                $"The storage level of {what} cannot be changed to {level}: it is {old}. Unpersist the data set first; a stream keeps the level that it was given.");
        }
    }
}
