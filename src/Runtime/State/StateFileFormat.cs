namespace CodegenStreaming.State;

/// <summary>
/// A part of a state as a file of a checkpoint: what it is, the schemas of keys and states, then chunks of one kind each, every column of a chunk by itself. A
/// file is whole in itself; a large state has several.
/// </summary>
internal static class StateFileFormat
{
    /// <summary>Entries of a chunk.</summary>
    public const int ChunkLength = 4096;

    /// <summary>A file is closed when it has so many bytes.</summary>
    public const int FileLength = 8 * 1024 * 1024;

    /// <summary>In the first byte: the states have times.</summary>
    public const byte HasTimes = 1;
}

/// <summary>What a chunk of a state's file holds.</summary>
internal enum StateChunk : byte
{
    /// <summary>Nothing: the file ends here.</summary>
    End,

    /// <summary>Keys that have no state any more.</summary>
    Removed,

    /// <summary>Keys and their states.</summary>
    Entries,
}
