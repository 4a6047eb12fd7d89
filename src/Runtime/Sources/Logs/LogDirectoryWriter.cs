using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming;

/// <summary>
/// Appends records to a partition of a log on a disk, for <c>streaming.LogStream</c> to read, in this process or another one. Records get numbers one after another, from zero.
/// They are written in blocks, and are safe, and there to be read, once <see cref="Flush"/> has returned. A partition has one writer at a time; a writer that was stopped in the
/// middle, with its machine even, leaves a partition that the next one goes on with. Thread-safe.
/// </summary>
/// <typeparam name="T">The record type.</typeparam>
public sealed class LogDirectoryWriter<T> : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RecordCodec<T> _codec;
    private readonly LogAppender _appender;
    private readonly BlockPool _pool = new();
    private byte[] _bytes;
    private int _length;
    private int _count;
    private bool _isDisposed;

    /// <summary>Opens a partition, and makes it where it is not there.</summary>
    /// <param name="directory">The log's directory.</param>
    /// <param name="partition">The partition's name: any that a directory may have and that does not begin with a dot or an underscore.</param>
    /// <param name="codec">Writes the records; the built-in codec of the type when null.</param>
    /// <param name="segmentLength">A segment is closed, and the next one begun, when it has so many bytes.</param>
    /// <exception cref="MissingCodecException">The type has no built-in codec.</exception>
    /// <exception cref="StreamingException">Another writer has the partition open, or what was flushed to it earlier is damaged.</exception>
    /// <exception cref="IOException">A file cannot be opened or written.</exception>
    public LogDirectoryWriter(string directory, string partition = "0", RecordCodec<T>? codec = null, long segmentLength = 64 * 1024 * 1024)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        LogSegments.CheckPartition(partition);
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentLength, 1);
        _codec = codec ?? BuiltInCodecs.Find<T>() ?? throw new MissingCodecException(typeof(T));
        _appender = LogAppender.Open(Path.Combine(Path.GetFullPath(directory), partition), _codec.Schema, segmentLength);
        _bytes = _pool.Rent<byte>(LogFormat.BlockLength + (LogFormat.BlockLength / 4));
        _length = LogFormat.BlockHeaderLength; // Room for the block's header.
    }

    /// <summary>The number that the next record gets.</summary>
    public long NextRecord
    {
        get
        {
            lock (_lock)
            {
                return _appender.Next + _count;
            }
        }
    }

    /// <summary>Appends a record.</summary>
    /// <exception cref="IOException">A block cannot be written. The writer is of no use any more.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public void Append(T record) => Append(new ReadOnlySpan<T>(in record));

    /// <summary>Appends records.</summary>
    /// <exception cref="IOException">A block cannot be written. The writer is of no use any more.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public void Append(ReadOnlySpan<T> records)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            while (records.Length > 0)
            {
                records = records[Encode(records)..];
                if (_length >= LogFormat.BlockLength)
                {
                    EndBlock();
                }
            }
        }
    }

    /// <summary>Brings all records to the disk, and to readers. Whoever calls it for each record waits for the disk for each of them.</summary>
    /// <exception cref="IOException">They cannot be written. The writer is of no use any more.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public void Flush()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            EndBlock();
            _appender.Flush();
        }
    }

    /// <summary>Flushes and closes.</summary>
    /// <exception cref="IOException">Records cannot be written. The writer is closed nevertheless.</exception>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            try
            {
                if (!_appender.HasFailed)
                {
                    EndBlock();
                    _appender.Flush();
                }
            }
            finally
            {
                _appender.Dispose();
                _pool.Return(_bytes, 0);
            }
        }
    }

    /// <summary>Writes the first of some records to the block; a record that cannot be written leaves it as it was.</summary>
    private int Encode(ReadOnlySpan<T> records)
    {
        var writer = new RecordWriter(_pool, _bytes, _length);
        try
        {
            var written = _codec.WriteSome(ref writer, records, LogFormat.BlockLength);
            _length = writer.Length;
            _count += written;
            return written;
        }
        finally
        {
            (_bytes, _) = writer.Detach();
        }
    }

    private void EndBlock()
    {
        if (_count == 0)
        {
            return;
        }

        var writer = new RecordWriter(_pool, _bytes, _length);
        writer.WriteInt32((int)LogFormat.Checksum(writer.Written[LogFormat.BlockHeaderLength..]));
        (_bytes, var all) = writer.Detach();
        _appender.Write(_bytes.AsSpan(0, all), _length - LogFormat.BlockHeaderLength, _count);
        (_length, _count) = (LogFormat.BlockHeaderLength, 0);
    }
}
