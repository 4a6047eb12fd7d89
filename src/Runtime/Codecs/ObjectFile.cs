using System.IO.Hashing;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>
/// Records in a file that describes itself: magic bytes, a header with the schema, blocks of records, an end with their number. Header, blocks and end have a
/// checksum each. docs/object-files.md is the format.
/// </summary>
internal static class ObjectFile
{
    public const uint Version = 1;

    /// <summary>Version and length of the schema.</summary>
    public const int HeaderLength = 8;

    /// <summary>Length and number of the records; both zero at the end.</summary>
    public const int BlockHeaderLength = 8;

    /// <summary>What stands at the end in place of records: their number in the whole file.</summary>
    public const int TotalLength = 8;

    public const int ChecksumLength = 4;

    /// <summary>A block is closed when it has so many bytes.</summary>
    public const int BlockLength = 256 * 1024;

    /// <summary>A first byte beyond ASCII, line ends of both kinds, and what ends a text file: whatever a transfer as text would change.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'C', (byte)'G', (byte)'S', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Writes a whole file.</summary>
    public static void Write<T>(Stream file, RecordCodec<T> codec, IEnumerable<T> records, BlockPool pool, CancellationToken cancellation)
    {
        var writer = new RecordWriter(pool, BlockLength + (BlockLength / 4));
        try
        {
            WriteHeader(ref writer, codec.Schema);
            file.Write(writer.Written);
            writer.Truncate(0);
            var total = 0L;
            var count = 0;
            BeginBlock(ref writer);
            foreach (var record in records)
            {
                codec.WriteAll(ref writer, [record]);
                count++;
                if (writer.Length >= BlockLength)
                {
                    cancellation.ThrowIfCancellationRequested();
                    EndBlock(file, ref writer, count);
                    BeginBlock(ref writer);
                    (total, count) = (total + count, 0);
                }
            }

            if (count > 0)
            {
                EndBlock(file, ref writer, count);
                BeginBlock(ref writer);
            }

            writer.WriteInt64(total + count);
            Close(file, ref writer, 0);
        }
        finally
        {
            writer.Dispose();
        }
    }

    public static uint Checksum(ReadOnlySpan<byte> bytes) => Crc32.HashToUInt32(bytes);

    private static void WriteHeader(ref RecordWriter writer, RecordSchema schema)
    {
        writer.WriteBytes(Magic);
        writer.WriteInt32((int)Version);
        writer.WriteInt32(0);
        var start = writer.Length;
        SchemaFormat.Write(ref writer, schema);
        writer.SetInt32(start - sizeof(int), writer.Length - start);
        writer.WriteInt32((int)Checksum(writer.Written[Magic.Length..]));
    }

    private static void BeginBlock(ref RecordWriter writer)
    {
        writer.WriteInt32(0);
        writer.WriteInt32(0);
    }

    private static void EndBlock(Stream file, ref RecordWriter writer, int count)
    {
        writer.SetInt32(0, writer.Length - BlockHeaderLength);
        Close(file, ref writer, count);
    }

    private static void Close(Stream file, ref RecordWriter writer, int count)
    {
        writer.SetInt32(sizeof(int), count);
        writer.WriteInt32((int)Checksum(writer.Written));
        file.Write(writer.Written);
        writer.Truncate(0);
    }
}
