using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Execution.Windows;

/// <summary>How the records of batches that windows keep are divided into partitions and written, where both are known beforehand.</summary>
internal abstract class HistoryDivision<T>
{
    /// <summary>What decides the partition of a record.</summary>
    public abstract object Partitioner { get; }

    /// <exception cref="MissingCodecException">There is none.</exception>
    public abstract RecordCodec<T> FindCodec(CodecRegistry codecs, CallSite? site, IPipelineLoops? pipeline);

    /// <summary>Divides records that may have been divided in another way; null where they are as they are to be.</summary>
    public abstract T[][]? Divide(T[][] partitions);
}

/// <summary>Pairs, by their keys.</summary>
internal sealed class KeyDivision<TKey, TValue>(IPartitioner<TKey> partitioner) : HistoryDivision<(TKey, TValue)>
{
    public override object Partitioner => partitioner;

    public override RecordCodec<(TKey, TValue)> FindCodec(CodecRegistry codecs, CallSite? site, IPipelineLoops? pipeline) =>
        PairCodec<TKey, TValue>.Find(codecs, site, pipeline);

    public override (TKey, TValue)[][]? Divide((TKey, TValue)[][] partitions)
    {
        var count = Exchange.PartitionCount(partitioner);
        var isDivided = partitions.Length == count;
        var divided = Enumerable.Range(0, count).Select(static _ => new List<(TKey, TValue)>()).ToArray();
        for (var source = 0; source < partitions.Length; source++)
        {
            foreach (var record in partitions[source])
            {
                var target = Exchange.PartitionOf(partitioner, count, record.Item1);
                isDivided &= target == source;
                divided[target].Add(record);
            }
        }

        return isDivided ? null : Array.ConvertAll(divided, static records => records.ToArray());
    }
}
