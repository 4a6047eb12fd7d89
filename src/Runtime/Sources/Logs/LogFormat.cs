using System.Buffers.Binary;
using System.IO.Hashing;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>
/// A segment of a log: magic bytes, a header with the schema and the number of the first record, blocks of records, and marks between them. A mark says that everything
/// before it is on the disk: readers see records up to the last mark only. docs/log-directories.md is the format.
/// </summary>
internal static class LogFormat
{
    public const uint Version = 1;

    /// <summary>Magic, version, length of the schema, number of the first record.</summary>
    public const int SegmentHeaderLength = 24;

    /// <summary>Length and number of the records, number of the first one, checksum. Without records it is a mark.</summary>
    public const int BlockHeaderLength = 20;

    public const int ChecksumLength = 4;

    /// <summary>A block is closed when it has so many bytes.</summary>
    public const int BlockLength = 256 * 1024;

    private const int ChecksumOffset = BlockHeaderLength - ChecksumLength;

    /// <summary>As those of object files: whatever a transfer as text would change.</summary>
    public static ReadOnlySpan<byte> Magic => [0x8C, (byte)'C', (byte)'G', (byte)'L', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static uint Checksum(ReadOnlySpan<byte> bytes) => Crc32.HashToUInt32(bytes);

    /// <summary>The header of a segment, its checksum included.</summary>
    public static byte[] SegmentHeader(RecordSchema schema, long first)
    {
        return RecordBytes.Of(new BlockPool(), (ref RecordWriter writer) =>
        {
            writer.WriteBytes(Magic);
            writer.WriteInt32((int)Version);
            writer.WriteInt32(0);
            writer.WriteInt64(first);
            SchemaFormat.Write(ref writer, schema);
            var length = writer.Length - SegmentHeaderLength;
            if (length > ObjectFile.MaximumSchemaLength)
            {
                throw new StreamingException($"The schema {schema.Name} has {length:N0} bytes; the limit is {ObjectFile.MaximumSchemaLength:N0} bytes.");
            }

            writer.SetInt32(Magic.Length + sizeof(int), length);
            writer.WriteInt32((int)Checksum(writer.Written));
        });
    }

    /// <summary>Fills a block's header in.</summary>
    public static void WriteBlockHeader(Span<byte> header, int length, int count, long first)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], count);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], first);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumOffset..], Checksum(header[..ChecksumOffset]));
    }

    /// <summary>A block's header; false where the bytes are none.</summary>
    public static bool TryReadBlockHeader(ReadOnlySpan<byte> bytes, out LogBlockHeader header)
    {
        header = default;
        if (bytes.Length < BlockHeaderLength
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Checksum(bytes[..ChecksumOffset]))
        {
            return false;
        }

        header = new LogBlockHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]));
        return header.Length >= 0 && header.Count >= 0 && header.First >= 0 && (header.Length == 0) == (header.Count == 0)
            && header.First <= long.MaxValue - header.Count;
    }
}

/// <summary>What stands before a block of records; a mark where there are none.</summary>
/// <param name="Length">The bytes of the records.</param>
/// <param name="Count">How many records.</param>
/// <param name="First">The number of the first of them; of a mark the number of the next record to come.</param>
internal readonly record struct LogBlockHeader(int Length, int Count, long First)
{
    public bool IsMark => Count == 0;

    /// <summary>The number of the record behind the block.</summary>
    public long Next => First + Count;

    /// <summary>The bytes of header, records and their checksum.</summary>
    public long TotalLength => IsMark ? LogFormat.BlockHeaderLength : LogFormat.BlockHeaderLength + (long)Length + LogFormat.ChecksumLength;
}
