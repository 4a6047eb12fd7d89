using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;

namespace CodegenStreaming.Sources;

/// <summary>
/// The open end of a partition. Order of a flush: blocks, then the disk is waited for, then a mark. So whoever reads a mark knows that what lies before it has survived, and a
/// torn end has no mark behind it. Not thread-safe.
/// </summary>
internal sealed class LogAppender : IDisposable
{
    private readonly string _directory;
    private readonly FileStream _lock;
    private readonly RecordSchema _schema;
    private readonly long _segmentLength;
    private FileStream? _file;
    private bool _isMarked;

    private LogAppender(string directory, FileStream @lock, RecordSchema schema, long segmentLength) =>
        (_directory, _lock, _schema, _segmentLength) = (directory, @lock, schema, segmentLength);

    /// <summary>The number of the next record.</summary>
    public long Next { get; private set; }

    /// <summary>True when something could not be written: nobody knows what the file holds, and the next writer finds out.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Opens a partition and brings its end in order.</summary>
    public static LogAppender Open(string directory, RecordSchema schema, long segmentLength)
    {
        Make(directory);
        LogAppender? appender = null;
        var @lock = Lock(directory);
        try
        {
            appender = new LogAppender(directory, @lock, schema, segmentLength);
            appender.Recover();
            return appender;
        }
        catch
        {
            appender?._file?.Dispose();
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Writes a block, whose header is filled in here.</summary>
    /// <param name="block">Room for the header, the records, their checksum.</param>
    /// <param name="length">The bytes of the records.</param>
    /// <param name="count">How many records.</param>
    public void Write(Span<byte> block, int length, int count)
    {
        LogFormat.WriteBlockHeader(block, length, count, Next);
        Guarded(block, static (appender, bytes) => appender._file!.Write(bytes));
        (Next, _isMarked) = (Next + count, false);
        if (_file!.Position >= _segmentLength)
        {
            Flush();
            Begin(Next);
        }
    }

    /// <summary>Everything that was written survives from now on, and can be read.</summary>
    public void Flush()
    {
        if (_isMarked)
        {
            return;
        }

        Guarded([], static (appender, _) =>
        {
            appender._file!.Flush(flushToDisk: true);
            Span<byte> mark = stackalloc byte[LogFormat.BlockHeaderLength];
            LogFormat.WriteBlockHeader(mark, 0, 0, appender.Next);
            appender._file.Write(mark);
        });
        _isMarked = true;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _lock.Dispose();
    }

    /// <summary>Makes a directory that survives, and those that it lies in.</summary>
    private static void Make(string directory)
    {
        if (!Directory.Exists(directory))
        {
            var parent = Path.GetDirectoryName(directory)!;
            Make(parent);
            Directory.CreateDirectory(directory);
            DirectoryFlush.Flush(parent);
        }
    }

    private static FileStream Lock(string directory)
    {
        var path = Path.Combine(directory, ".lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new StreamingException($"The log {directory} cannot be written to: another writer has it open ({exception.Message}).", exception);
        }
    }

    /// <summary>Goes to the end of the last segment; what is torn there is cut off.</summary>
    private void Recover()
    {
        if (LogSegments.List(_directory) is not [.., var last])
        {
            Begin(0);
            return;
        }

        var path = LogSegments.PathOf(_directory, last);
        _file = OpenFile(path, FileMode.Open);
        var end = LogRecovery.FindEnd(_file, path, last);
        if (end.Schema is null || (end.Record == last && !end.Schema.Equals(_schema)))
        {
            Begin(last); // Nothing is in it, perhaps not even a header: it is made anew.
            return;
        }

        _file.SetLength(end.Offset);
        _file.Position = end.Offset;
        Next = end.Record;
        Flush();
        if (!end.Schema.Equals(_schema))
        {
            Begin(Next);
        }
    }

    /// <summary>Begins a segment.</summary>
    private void Begin(long first)
    {
        _file?.Dispose();
        _file = OpenFile(LogSegments.PathOf(_directory, first), FileMode.Create);
        Guarded(LogFormat.SegmentHeader(_schema, first), static (appender, bytes) =>
        {
            appender._file!.Write(bytes);
            appender._file.Flush(flushToDisk: true);
            DirectoryFlush.Flush(appender._directory);
        });
        (Next, _isMarked) = (first, true);
    }

    private static FileStream OpenFile(string path, FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private void Guarded(ReadOnlySpan<byte> bytes, Writing write)
    {
        if (HasFailed)
        {
            throw new IOException($"The log {_directory} could not be written to before. Open another writer: it finds out what is there.");
        }

        try
        {
            write(this, bytes);
        }
        catch
        {
            HasFailed = true;
            throw;
        }
    }

    private delegate void Writing(LogAppender appender, ReadOnlySpan<byte> bytes);
}
