using System.Buffers.Binary;
using System.IO.Hashing;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>
/// Encoded in a file: for each chunk its length, its number of records, its CRC-32 and its bytes. A file that is not as it was written is found out when
/// it is read.
/// </summary>
internal sealed class FileChunks : EncodedChunks
{
    private const int HeaderLength = 3 * sizeof(int);

    private readonly string _path;
    private FileStream? _writing;

    /// <exception cref="IOException">The file cannot be made.</exception>
    public FileChunks(string path)
    {
        _path = path;
        _writing = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    public string Path => _path;

    public override void Read(BlockPool pool, ChunkReader reader)
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var bytes = pool.Rent<byte>(BlockPool.InitialCapacity);
        try
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            for (var left = Records; left > 0;)
            {
                file.ReadExactly(header);
                var length = BinaryPrimitives.ReadInt32LittleEndian(header);
                var records = BinaryPrimitives.ReadInt32LittleEndian(header[sizeof(int)..]);
                if (length < 0 || length > Length || records <= 0 || records > left)
                {
                    throw new InvalidDataException($"A chunk of {records} records in {length} bytes cannot be.");
                }

                if (bytes.Length < length)
                {
                    pool.Return(bytes, 0);
                    bytes = pool.Rent<byte>(length);
                }

                var chunk = bytes.AsSpan(0, length);
                file.ReadExactly(chunk);
                if (Crc32.HashToUInt32(chunk) != BinaryPrimitives.ReadUInt32LittleEndian(header[(2 * sizeof(int))..]))
                {
                    throw new InvalidDataException("The checksum does not fit.");
                }

                reader(chunk, records);
                left -= records;
            }
        }
        finally
        {
            pool.Return(bytes, 0);
        }
    }

    protected override void Add(ReadOnlySpan<byte> chunk, int records)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, chunk.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[sizeof(int)..], records);
        BinaryPrimitives.WriteUInt32LittleEndian(header[(2 * sizeof(int))..], Crc32.HashToUInt32(chunk));
        _writing!.Write(header);
        _writing.Write(chunk);
    }

    protected override void Complete()
    {
        _writing!.Dispose();
        _writing = null;
    }

    protected override void Free()
    {
        _writing?.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (IOException)
        {
            // The folder goes with the engine context.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
