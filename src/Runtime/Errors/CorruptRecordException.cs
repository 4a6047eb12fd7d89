namespace CodegenStreaming;

/// <summary>Stored bytes are not records of the type that they are read as.</summary>
public sealed class CorruptRecordException : StreamingException
{
    internal CorruptRecordException(string problem, long offset)
        : base($"{problem}, at byte {offset}.") => (Problem, Offset) = (problem, offset);

    internal CorruptRecordException(string problem, string file, long offset)
        : base($"{file}: {problem}, at byte {offset}.") => (Problem, File, Offset) = (problem, file, offset);

    internal CorruptRecordException(string problem, string file, long offset, Exception cause)
        : base($"{file}: {problem}, at byte {offset}.", cause) => (Problem, File, Offset) = (problem, file, offset);

    /// <summary>The file; null where the bytes come from none.</summary>
    public string? File { get; }

    /// <summary>Where in the file, or in the bytes, the fault shows.</summary>
    public long Offset { get; }

    /// <summary>What is wrong, without the place.</summary>
    internal string Problem { get; }
}
