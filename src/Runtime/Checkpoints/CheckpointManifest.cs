using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Checkpoints;

/// <summary>
/// What a checkpoint is made of: the files that it needs, and what was written into itself by sections (the graph, positions, unfinished batches), which it does
/// not look into. Of several the one with the highest number counts.
/// </summary>
/// <param name="Number">Counts manifests, from one on.</param>
/// <param name="Fence">The number of the lease under which it was published.</param>
/// <param name="NextFile">The sequence number that the next file would get: those before it that nobody needs are garbage.</param>
/// <param name="Files">The files that it needs.</param>
/// <param name="Sections">Its own content.</param>
internal sealed record CheckpointManifest(
    long Number, long Fence, long NextFile, IReadOnlyList<CheckpointFile> Files, IReadOnlyList<CheckpointSection> Sections)
{
    /// <summary>The least that a file or a section takes.</summary>
    private const int MinimumFileSize = 1 + sizeof(long) + sizeof(uint);
    private const int MinimumSectionSize = 2;

    public byte[] ToBytes(BlockPool pool)
    {
        var writer = new RecordWriter(pool);
        try
        {
            writer.WriteInt64(Number);
            writer.WriteInt64(Fence);
            writer.WriteInt64(NextFile);
            writer.WriteLength(Files.Count);
            foreach (var file in Files)
            {
                writer.WriteString(file.Name);
                writer.WriteInt64(file.Length);
                writer.WriteInt32((int)file.Checksum);
            }

            writer.WriteLength(Sections.Count);
            foreach (var section in Sections)
            {
                writer.WriteString(section.Name);
                writer.WriteLength(section.Content.Length);
                writer.WriteBytes(section.Content.Span);
            }

            return SealedFile.Seal(FileKind.Manifest, writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <exception cref="CorruptRecordException">The bytes are no manifest.</exception>
    public static CheckpointManifest Read(ReadOnlySpan<byte> bytes, string name)
    {
        var reader = new RecordReader(SealedFile.Open(FileKind.Manifest, bytes, name));
        try
        {
            var (number, fence, nextFile) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            var files = new CheckpointFile[reader.ReadLength(MinimumFileSize)];
            for (var index = 0; index < files.Length; index++)
            {
                files[index] = new CheckpointFile(ReadName(ref reader), reader.ReadInt64(), (uint)reader.ReadInt32());
            }

            var sections = new CheckpointSection[reader.ReadLength(MinimumSectionSize)];
            for (var index = 0; index < sections.Length; index++)
            {
                sections[index] = new CheckpointSection(ReadName(ref reader), reader.ReadText().ToArray());
            }

            if (reader.Remaining > 0)
            {
                reader.Fail("Bytes are left behind the last section");
            }

            return new CheckpointManifest(number, fence, nextFile, files, sections);
        }
        catch (CorruptRecordException exception)
        {
            throw new CorruptRecordException(exception.Problem, name, exception.Offset, exception);
        }
    }

    private static string ReadName(ref RecordReader reader)
    {
        var name = reader.ReadString();
        if (string.IsNullOrEmpty(name))
        {
            reader.Fail("A name is missing");
        }

        return name;
    }
}

/// <summary>A file that a manifest needs.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Checksum">The CRC-32 of all of it.</param>
internal sealed record CheckpointFile(string Name, long Length, uint Checksum);

/// <summary>A part of a manifest.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Content">What it says.</param>
internal sealed record CheckpointSection(string Name, ReadOnlyMemory<byte> Content);
