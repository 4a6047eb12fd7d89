using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>The files of a batch as bytes, so that it gets them once more after a restart.</summary>
internal static class FilePlan
{
    /// <summary>The least that a file takes.</summary>
    private const int MinimumSize = 1 + (2 * sizeof(long));

    public static byte[] Write(IReadOnlyList<FoundFile> files, BlockPool pool)
    {
        return RecordBytes.Of(pool, (ref RecordWriter writer) =>
        {
            writer.WriteLength(files.Count);
            foreach (var file in files)
            {
                writer.WriteString(file.Path);
                writer.WriteInt64(file.Modified);
                writer.WriteInt64(file.Length);
            }
        });
    }

    /// <summary>No file for no bytes.</summary>
    /// <exception cref="CorruptRecordException">The bytes are something else.</exception>
    public static IReadOnlyList<FoundFile> Read(ReadOnlySpan<byte> plan)
    {
        if (plan.IsEmpty)
        {
            return [];
        }

        var reader = new RecordReader(plan);
        var files = new FoundFile[reader.ReadLength(MinimumSize)];
        for (var index = 0; index < files.Length; index++)
        {
            var path = reader.ReadString();
            if (string.IsNullOrEmpty(path))
            {
                reader.Fail("A file has no path");
            }

            files[index] = new FoundFile(path!, reader.ReadInt64(), reader.ReadInt64());
        }

        return files;
    }
}
