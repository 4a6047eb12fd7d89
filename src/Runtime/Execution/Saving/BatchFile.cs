using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Saving;

/// <summary>Records of batches as files: the schema, then runs of records of one batch and partition each. A file is whole in itself.</summary>
internal static class BatchFile
{
    /// <summary>A file is closed when it has so many bytes.</summary>
    private const int FileLength = 8 * 1024 * 1024;

    /// <summary>A run ends when the file has got so much longer.</summary>
    private const int RunLength = 256 * 1024;

    /// <summary>Writes batches, in their order.</summary>
    /// <param name="batches">Numbers and partitions.</param>
    /// <param name="codec">How records are written.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <param name="write">Writes a file.</param>
    /// <returns>The files that each batch lies in, the first one's batches again where it has not filled it.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyDictionary<long, List<CheckpointFile>> Write<T>(
        IEnumerable<(long Number, Block<T>[] Blocks)> batches, RecordCodec<T> codec, BlockPool pool, Func<ReadOnlySpan<byte>, CheckpointFile> write)
    {
        var files = new Dictionary<long, List<CheckpointFile>>();
        var inFile = new HashSet<long>();
        var writer = new RecordWriter(pool);
        try
        {
            foreach (var (number, blocks) in batches)
            {
                files.Add(number, []);
                for (var partition = 0; partition < blocks.Length; partition++)
                {
                    foreach (var piece in blocks[partition].ReadPieces())
                    {
                        // Lines that lie in one text are no records in memory.
                        var records = piece is Utf8TextBlock ? piece.Read().ToArray() : piece.Records;
                        for (var start = 0; start < records.Length;)
                        {
                            start += WriteRun(ref writer, codec, number, partition, records[start..]);
                            inFile.Add(number);
                            if (writer.Length >= FileLength)
                            {
                                Close(ref writer);
                            }
                        }
                    }
                }
            }

            Close(ref writer);
            return files;
        }
        finally
        {
            writer.Dispose();
        }

        void Close(ref RecordWriter writer)
        {
            if (writer.Length == 0)
            {
                return;
            }

            writer.WritePresence(false);
            var file = write(SealedFile.Seal(FileKind.Batches, writer.Written));
            foreach (var number in inFile)
            {
                files[number].Add(file);
            }

            inFile.Clear();
            writer.Truncate(0);
        }
    }

    /// <summary>Reads a file's runs, in their order.</summary>
    /// <exception cref="CorruptRecordException">It is no such file, or damaged.</exception>
    /// <exception cref="IncompatibleSchemaException">The records can't be made of those that it holds.</exception>
    public static void Read<T>(ReadOnlySpan<byte> file, string name, RecordCodec<T> codec, BlockPool pool, Action<long, int, ReadOnlyMemory<T>> take)
    {
        var reader = new RecordReader(SealedFile.Open(FileKind.Batches, file, name));
        try
        {
            var decoder = new RecordDecoder<T>(codec, SchemaFormat.Read(ref reader));
            while (reader.ReadPresence())
            {
                var (number, partition, count) = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32());
                var block = decoder.Read(reader.ReadBytes(reader.ReadInt32()), count, pool);
                take(number, partition, block.Records.ToArray());
                block.Release();
            }

            if (reader.Remaining > 0)
            {
                reader.Fail("Bytes are left behind the end");
            }
        }
        catch (CorruptRecordException exception)
        {
            throw new CorruptRecordException(exception.Problem, name, exception.Offset, exception);
        }
    }

    private static int WriteRun<T>(ref RecordWriter writer, RecordCodec<T> codec, long number, int partition, ReadOnlySpan<T> records)
    {
        if (writer.Length == 0)
        {
            SchemaFormat.Write(ref writer, codec.Schema);
        }

        writer.WritePresence(true);
        writer.WriteInt64(number);
        writer.WriteInt32(partition);
        var start = writer.Length;
        writer.WriteInt32(0);
        writer.WriteInt32(0);
        var count = codec.WriteSome(ref writer, records, writer.Length + RunLength);
        writer.SetInt32(start, count);
        writer.SetInt32(start + sizeof(int), writer.Length - start - (2 * sizeof(int)));
        return count;
    }
}
