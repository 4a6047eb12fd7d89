using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>How the files of a node are read. What can't be opened is reported, left out, and tried again in a later batch.</summary>
internal sealed class FileReading<T>(Func<BlockPool, LineBuffer<T>> createBuffer, Action<string, Exception> reportUnreadable)
{
    /// <summary>A file as blocks in memory.</summary>
    public FileBlocks<T> ReadWhole(string path, TaskScope task) =>
        OrReport(path, () => TextFile.Read(path, createBuffer, task.Scope.Pool, task.Cancellation)) ?? new FileBlocks<T>();

    /// <summary>How a file is cut.</summary>
    public IEnumerable<FileRange> RangesOf(string path) => OrReport(path, () => FileRange.Of(path, new FileInfo(path).Length)) ?? [];

    /// <summary>
    /// The blocks of a range while they are read. A file is never taken in part: where a piece of it has been read, or another range may have been, a failure is
    /// the task's, which is tried again as a whole.
    /// </summary>
    public IEnumerable<Block<T>> ReadRange(FileRange range, TaskScope task)
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
