namespace CodegenStreaming;

/// <summary>Which files of a directory a file stream takes.</summary>
public sealed class FileStreamOptions
{
    /// <summary>
    /// Called with a file's full path; false leaves the file out. Null (the default) leaves out files whose names begin with a dot, which are the ones
    /// still being written by custom. Called by the batch clock: it should be quick.
    /// </summary>
    public Func<string, bool>? Filter { get; set; }

    /// <summary>True (the default) to take only files modified after the stream was defined; false to begin with those of the remember window.</summary>
    public bool NewFilesOnly { get; set; } = true;

    /// <summary>True to take the files of nested directories too. False by default.</summary>
    public bool Recursive { get; set; }

    /// <summary>
    /// How late a file may become visible after its modification time and still be taken, rounded up to whole batches. 60 seconds by default.
    /// </summary>
    public TimeSpan RememberWindow { get; set; } = TimeSpan.FromSeconds(60);
}
