namespace CodegenStreaming;

/// <summary>
/// How a persisted data set is kept. Whatever the level, a partition that is gone is computed again when somebody needs it. Levels that end in 2 keep a
/// second copy on another machine, so they need a cluster and are refused here.
/// </summary>
public enum StorageLevel
{
    /// <summary>Not kept.</summary>
    None,

    /// <summary>As records in memory. A partition that does not fit is computed each time it is needed. The level of <c>Persist()</c> and <c>Cache()</c>.</summary>
    MemoryOnly,

    /// <summary>As records in memory. A partition that does not fit lies in a file.</summary>
    MemoryAndDisk,

    /// <summary>Encoded in memory: smaller, no work for the garbage collector, decoded at each use. A partition that does not fit is computed each time it is needed.</summary>
    MemoryOnlySerialized,

    /// <summary>Encoded in memory. A partition that does not fit lies in a file.</summary>
    MemoryAndDiskSerialized,

    /// <summary>In files.</summary>
    DiskOnly,

    /// <summary>Encoded, in memory that the garbage collector does not know. A partition that does not fit lies in a file.</summary>
    OffHeap,

    /// <summary>As <see cref="MemoryOnly"/>, on two machines.</summary>
    MemoryOnly2,

    /// <summary>As <see cref="MemoryAndDisk"/>, on two machines.</summary>
    MemoryAndDisk2,

    /// <summary>As <see cref="MemoryOnlySerialized"/>, on two machines.</summary>
    MemoryOnlySerialized2,

    /// <summary>As <see cref="MemoryAndDiskSerialized"/>, on two machines.</summary>
    MemoryAndDiskSerialized2,

    /// <summary>As <see cref="DiskOnly"/>, on two machines.</summary>
    DiskOnly2,
}
