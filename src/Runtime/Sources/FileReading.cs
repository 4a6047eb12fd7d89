using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>How the files of a node are read.</summary>
internal abstract class FileReading<T>
{
    /// <summary>True where records may refer to a block's text: where they are kept, the block is too.</summary>
    public abstract bool RefersToBlocks { get; }

    /// <summary>A file as blocks in memory.</summary>
    public abstract FileBlocks<T> ReadWhole(string path, TaskScope task, DatasetNode node);

    /// <summary>How a file is cut.</summary>
    public abstract IEnumerable<FileRange> RangesOf(string path);

    /// <summary>The blocks of a range while they are read.</summary>
    public abstract IEnumerable<Block<T>> ReadRange(FileRange range, TaskScope task, DatasetNode node);
}

/// <summary>Reads the lines of text files. What can't be opened is reported, left out, and tried again in a later batch.</summary>
internal sealed class TextFileReading<T>(Func<BlockPool, LineBuffer<T>> createBuffer, Action<string, Exception> reportUnreadable) : FileReading<T>
{
    public override bool RefersToBlocks { get; } = TextContent.IsIn(typeof(T));

    public override FileBlocks<T> ReadWhole(string path, TaskScope task, DatasetNode node) =>
        OrReport(path, () => TextFile.Read(path, createBuffer, task.Scope.Pool, task.Cancellation)) ?? new FileBlocks<T>();

    public override IEnumerable<FileRange> RangesOf(string path) => OrReport(path, () => FileRange.Of(path, new FileInfo(path).Length)) ?? [];

    /// <summary>
    /// A file is never taken in part: where a piece of it has been read, or another range may have been, a failure is
    /// the task's, which is tried again as a whole.
    /// </summary>
    public override IEnumerable<Block<T>> ReadRange(FileRange range, TaskScope task, DatasetNode node)
    {
        var file = range.IsWhole ? OrReport(range.Path, () => TextFile.Open(range.Path)) : TextFile.Open(range.Path);
        return file is null ? [] : TextFileRange.Read(file, range, createBuffer, task.Scope.Pool, task.Cancellation);
    }

    private TResult? OrReport<TResult>(string path, Func<TResult> read)
        where TResult : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reportUnreadable(path, exception);
            return null;
        }
    }
}
