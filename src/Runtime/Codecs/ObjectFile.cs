using System.IO.Hashing;

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

    /// <summary>No schema is longer, since what it becomes in memory is some hundred times as large.</summary>
    public const int MaximumSchemaLength = 256 * 1024;

    /// <summary>Length and number of the records; both zero at the end.</summary>
    public const int BlockHeaderLength = 8;

    /// <summary>What stands at the end in place of records: their number in the whole file.</summary>
    public const int TotalLength = 8;

    public const int ChecksumLength = 4;

    /// <summary>A block is closed when it has so many bytes.</summary>
    public const int BlockLength = 256 * 1024;

    /// <summary>A first byte beyond ASCII, line ends of both kinds, and what ends a text file: whatever a transfer as text would change.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'C', (byte)'G', (byte)'S', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static uint Checksum(ReadOnlySpan<byte> bytes) => Crc32.HashToUInt32(bytes);
}
