using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Saving;

/// <summary>
/// How results of batches are saved that later batches need: each is written once, and its files are kept as long as it is needed. Thread-safe.
/// </summary>
/// <param name="codec">How records are written.</param>
/// <param name="pool">Where memory comes from.</param>
internal sealed class SavedBatches<T>(RecordCodec<T> codec, BlockPool pool)
{
    /// <summary>More than anybody has: a damaged number must not ask for more memory than there is.</summary>
    private const int MostPartitions = 1 << 20;

    private readonly Lock _lock = new();

    /// <summary>The batches that have been captured: nobody has to write them again.</summary>
    private readonly HashSet<long> _known = [];

    /// <summary>Where those lie that have been written. Of the thread that writes captures.</summary>
    private readonly SortedDictionary<long, (int Partitions, List<CheckpointFile> Files)> _written = [];

    public RecordCodec<T> Codec => codec;

    /// <summary>Captures the batches that are needed; the blocks of those that no file has are retained.</summary>
    public CapturedStream Capture(IEnumerable<(long Number, Block<T>[] Blocks)> needed)
    {
        var numbers = new HashSet<long>();
        var unknown = new List<(long Number, Block<T>[] Blocks)>();
        lock (_lock)
        {
            foreach (var (number, blocks) in needed)
            {
                numbers.Add(number);
                if (_known.Add(number))
                {
                    Array.ForEach(blocks, static block => block.Retain());
                    unknown.Add((number, blocks));
                }
            }

            _known.IntersectWith(numbers);
        }

        return new Captured(this, numbers, unknown);
    }

    /// <summary>Reads what was saved; its files need not be written again.</summary>
    /// <returns>The batches in their order, with their partitions.</returns>
    /// <exception cref="CorruptRecordException">It is damaged.</exception>
    public IReadOnlyList<(long Number, T[][] Partitions)> Restore(SavedStream saved, Func<CheckpointFile, ReadOnlyMemory<byte>> read)
    {
        var batches = new SortedDictionary<long, List<ReadOnlyMemory<T>>[]>();
        var reader = new RecordReader(saved.Content.Span);
        var count = reader.ReadLength();
        for (var index = 0; index < count; index++)
        {
            var (number, partitions) = (reader.ReadInt64(), reader.ReadInt32());
            if (partitions is < 0 or > MostPartitions)
            {
                reader.Fail($"A batch of {partitions} partitions is none that was saved");
            }

            var files = new List<CheckpointFile>();
            for (var left = reader.ReadLength(); left > 0; left--)
            {
                var file = reader.ReadInt32();
                if ((uint)file >= (uint)saved.Files.Count)
                {
                    reader.Fail("A file is meant that is not named");
                }

                files.Add(saved.Files[file]);
            }

            _written[number] = (partitions, files);
            _known.Add(number);
            batches[number] = [.. Enumerable.Range(0, partitions).Select(static _ => new List<ReadOnlyMemory<T>>())];
        }

        foreach (var file in saved.Files)
        {
            BatchFile.Read<T>(read(file).Span, file.Name, codec, pool, (number, partition, records) =>
            {
                if (batches.TryGetValue(number, out var partitions) && (uint)partition < (uint)partitions.Length)
                {
                    partitions[partition].Add(records);
                }
            });
        }

        return [.. batches.Select(static batch => (batch.Key, Array.ConvertAll(batch.Value, static runs => runs.SelectMany(static run => run.ToArray()).ToArray())))];
    }

    /// <summary>What was restored is divided in another way now: it is written anew with the next capture.</summary>
    public void ForgetFiles()
    {
        lock (_lock)
        {
            _known.Clear();
            _written.Clear();
        }
    }

    private SavedStream Describe()
    {
        CheckpointFile[] files = [.. _written.Values.SelectMany(static batch => batch.Files).Distinct()];
        var indexes = files.Index().ToDictionary(static file => file.Item, static file => file.Index);
        return new SavedStream(files, RecordBytes.Of(pool, (ref RecordWriter writer) =>
        {
            writer.WriteLength(_written.Count);
            foreach (var (number, batch) in _written)
            {
                writer.WriteInt64(number);
                writer.WriteInt32(batch.Partitions);
                writer.WriteLength(batch.Files.Count);
                foreach (var file in batch.Files)
                {
                    writer.WriteInt32(indexes[file]);
                }
            }
        }));
    }

    private sealed class Captured(SavedBatches<T> owner, HashSet<long> needed, List<(long Number, Block<T>[] Blocks)> unknown) : CapturedStream
    {
        private bool _isWritten;

        public override SavedStream Write(Func<ReadOnlySpan<byte>, CheckpointFile> write)
        {
            foreach (var number in owner._written.Keys.Where(number => !needed.Contains(number)).ToArray())
            {
                owner._written.Remove(number);
            }

            var files = BatchFile.Write(unknown, owner.Codec, owner.Pool, write);
            foreach (var (number, blocks) in unknown)
            {
                owner._written[number] = (blocks.Length, files[number]);
            }

            _isWritten = true;
            return owner.Describe();
        }

        public override void Dispose()
        {
            foreach (var (number, blocks) in unknown)
            {
                Array.ForEach(blocks, static block => block.Release());
                if (!_isWritten)
                {
                    lock (owner._lock)
                    {
                        owner._known.Remove(number);
                    }
                }
            }

            unknown.Clear();
        }
    }

    private BlockPool Pool => pool;
}
