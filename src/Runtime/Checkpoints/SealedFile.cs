using System.Buffers.Binary;
using System.IO.Hashing;

namespace CodegenStreaming.Checkpoints;

/// <summary>
/// A file of a checkpoint: magic bytes, what it is, the version of the format, the length of what follows, and a checksum of all of it at the end. What was
/// torn, mixed up or changed is found out before any of it is believed.
/// </summary>
internal static class SealedFile
{
    public const int Version = 1;

    private const int KindOffset = 8;
    private const int VersionOffset = 12;
    private const int LengthOffset = 16;
    private const int HeaderLength = 24;
    private const int ChecksumLength = sizeof(uint);

    /// <summary>As those of object files: whatever a transfer as text would change.</summary>
    private static ReadOnlySpan<byte> Magic => [0x8B, (byte)'C', (byte)'G', (byte)'C', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The file's bytes.</summary>
    /// <param name="kind">What it is, which has to be asked for when it is opened.</param>
    /// <param name="content">What it holds.</param>
    public static byte[] Seal(FileKind kind, ReadOnlySpan<byte> content)
    {
        var file = new byte[HeaderLength + content.Length + ChecksumLength];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(KindOffset), (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(VersionOffset), Version);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(LengthOffset), content.Length);
        content.CopyTo(file.AsSpan(HeaderLength));
        var sealedLength = file.Length - ChecksumLength;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(sealedLength), Crc32.HashToUInt32(file.AsSpan(0, sealedLength)));
        return file;
    }

    /// <summary>What a file holds.</summary>
    /// <param name="kind">What it is to be.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="CorruptRecordException">It is no such file, or not as it was written.</exception>
    public static ReadOnlySpan<byte> Open(FileKind kind, ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < HeaderLength + ChecksumLength || !file.StartsWith(Magic))
        {
            throw new CorruptRecordException("This is no file of a checkpoint, or only its beginning", name, 0);
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(file[LengthOffset..]);
        if (length != file.Length - HeaderLength - ChecksumLength)
        {
            throw new CorruptRecordException($"The file tells of {length} bytes where {file.Length - HeaderLength - ChecksumLength} are", name, LengthOffset);
        }

        var sealedLength = file.Length - ChecksumLength;
        if (Crc32.HashToUInt32(file[..sealedLength]) != BinaryPrimitives.ReadUInt32LittleEndian(file[sealedLength..]))
        {
            throw new CorruptRecordException("The checksum does not fit", name, sealedLength);
        }

        var found = (FileKind)BinaryPrimitives.ReadInt32LittleEndian(file[KindOffset..]);
        if (found != kind)
        {
            throw new CorruptRecordException($"The file is a {found} where a {kind} is expected", name, KindOffset);
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(file[VersionOffset..]);
        return version == Version
            ? file[HeaderLength..sealedLength]
            : throw new CorruptRecordException($"The file is of version {version} of the format; this library reads version {Version}", name, VersionOffset);
    }
}

/// <summary>What a file of a checkpoint is.</summary>
internal enum FileKind
{
    Manifest = 1,
    Lease = 2,
    State = 3,
    Batches = 4,
}
