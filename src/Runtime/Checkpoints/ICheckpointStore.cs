namespace CodegenStreaming.Checkpoints;

/// <summary>
/// Where the files of a checkpoint are, by name. There is no rename and no overwriting, so that an object store can carry it as a file system can: a file is
/// created once and never changed. All that checkpoints do to the world goes through here. Thread-safe.
/// </summary>
internal interface ICheckpointStore
{
    /// <summary>For messages: a directory, an address.</summary>
    string Location { get; }

    /// <summary>The names of all files, in no order.</summary>
    /// <exception cref="IOException">They cannot be told.</exception>
    IReadOnlyCollection<string> List();

    /// <summary>A file's bytes; null where there is none of the name. After a crash they may be fewer than were written, or others: files have checksums.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    byte[]? Read(string name);

    /// <summary>Creates a file, which has survived when this returns. Where it throws, there may be one of the name, whole or torn, or none.</summary>
    /// <returns>False where there is one of the name already.</returns>
    /// <exception cref="IOException">It cannot be written: no room, no permission.</exception>
    bool TryCreate(string name, ReadOnlySpan<byte> bytes);

    /// <summary>Deletes a file; nothing where there is none of the name. A crash may bring it back.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    void Delete(string name);
}
