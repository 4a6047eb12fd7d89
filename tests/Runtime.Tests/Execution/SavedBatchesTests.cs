using System.IO.Hashing;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Execution;

public sealed class SavedBatchesTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(8, 0)]
    [InlineData(8, 5)]
    [InlineData(3000, 5)]
    public void Batches_OfAnyNumberOfPartitions_AreThereAgain(int partitions, int records)
    {
        var pool = new BlockPool();
        var files = new Dictionary<CheckpointFile, byte[]>();
        Block<int>[] blocks = [.. Enumerable.Range(0, partitions).Select(partition => new ArrayBlock<int>([.. Enumerable.Repeat(partition, records)], records, pool: null))];
        using var captured = Batches().Capture([(7, blocks)]);
        var saved = captured.Write(bytes =>
        {
            var file = new CheckpointFile($"file {files.Count}", bytes.Length, Crc32.HashToUInt32(bytes));
            files.Add(file, bytes.ToArray());
            return file;
        });

        var (number, restored) = Assert.Single(Batches().Restore(saved, file => files[file]));
        Assert.Equal((7, partitions), (number, restored.Length));
        Assert.All(restored.Index(), partition => Assert.Equal(Enumerable.Repeat(partition.Index, records), partition.Item));

        SavedBatches<int> Batches() => new(RecordCodec.Of<int, Int32Codec>(), pool);
    }
}
