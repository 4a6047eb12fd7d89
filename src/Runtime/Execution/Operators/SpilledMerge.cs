using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// What map tasks have combined for one target, where some of it lies in files: merged a slice of the keys' hashes after another, each in the order of the
/// map partitions and of their files. Used by one task.
/// </summary>
internal sealed class SpilledMerge<TKey, TCombined> : IDisposable
{
    private const int MaximumSlices = 1 << 20;

    private readonly List<SliceReader<(TKey, TCombined)>> _readers = [];

    /// <summary>Opens what the map tasks have left.</summary>
    public SpilledMerge(MapResult<(TKey, TCombined)>[] maps, int target, AggregationMemory memory, BlockPool pool)
    {
        var bytes = 0L;
        foreach (var map in maps)
        {
            if (map.Spilled is { } spilled)
            {
                foreach (var file in spilled.Files)
                {
                    bytes += file.MemoryOf(target);
                    _readers.Add(new FileSliceReader<(TKey, TCombined)>(file, target, HashOf, pool));
                }
            }
            else if (map.Block.Count > 0)
            {
                var count = map.Targets is { } targets ? targets.Records.Count(target) : map.Block.Count;
                bytes += RecordSize.Of(map.Block.Records) / map.Block.Count * count;
                _readers.Add(new BlockSliceReader<(TKey, TCombined)>(map.Block, map.Targets, target, HashOf, pool));
            }
        }

        // A table doubles as it grows: one that is filled to the half of its bound stays within it.
        Slices = (int)Math.Min((bytes / Math.Max(1, memory.TableBytes / 2)) + 1, MaximumSlices);
    }

    /// <summary>How many slices there are, so that each fits a table.</summary>
    public int Slices { get; }

    /// <summary>Merges a slice; to be called for each, in their order.</summary>
    public void MergeInto<TValue>(CombineOutput<TKey, TValue, TCombined> table, int slice, CancellationToken cancellation)
    {
        var last = HashSlice.LastOf(slice, Slices);
        foreach (var reader in _readers)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.ReadTo(last, table, static (entries, table) => table.Merge(entries, default, 0));
        }
    }

    public void Dispose() => _readers.ForEach(reader => reader.Dispose());

    private static uint HashOf((TKey Key, TCombined) entry) => HashSlice.HashOf(entry.Key);
}
