using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution.Saving;

/// <summary>Pairs of two types that have codecs, where the pair itself has none. The bytes are those of a tuple's codec.</summary>
internal sealed class PairCodec<TFirst, TSecond>(RecordCodec<TFirst> first, RecordCodec<TSecond> second) : RecordCodec<(TFirst, TSecond)>
{
    public override RecordSchema Schema { get; } = RecordSchema.Record("tuple", ("Item1", first.Schema), ("Item2", second.Schema));

    /// <summary>The codec of pairs: of both types where there is one of each, else that of the pair's type.</summary>
    /// <exception cref="MissingCodecException">There is none.</exception>
    public static RecordCodec<(TFirst, TSecond)> Find(CodecRegistry codecs, CallSite? site, IPipelineLoops? pipeline) =>
        codecs.Find<TFirst>(site, pipeline) is { } first && codecs.Find<TSecond>(site, pipeline) is { } second
            ? new PairCodec<TFirst, TSecond>(first, second)
            : codecs.Of<(TFirst, TSecond)>(site, pipeline);

    internal override void WriteAll(ref RecordWriter writer, scoped ReadOnlySpan<(TFirst, TSecond)> records)
    {
        foreach (ref readonly var record in records)
        {
            first.WriteAll(ref writer, new ReadOnlySpan<TFirst>(in record.Item1));
            second.WriteAll(ref writer, new ReadOnlySpan<TSecond>(in record.Item2));
        }
    }

    internal override int WriteSome(ref RecordWriter writer, scoped ReadOnlySpan<(TFirst, TSecond)> records, int length)
    {
        var count = 0;
        do
        {
            WriteAll(ref writer, records.Slice(count, 1));
        }
        while (++count < records.Length && writer.Length < length);

        return count;
    }

    internal override void ReadAll(ref RecordReader reader, scoped Span<(TFirst, TSecond)> records)
    {
        foreach (ref var record in records)
        {
            first.ReadAll(ref reader, new Span<TFirst>(ref record.Item1));
            second.ReadAll(ref reader, new Span<TSecond>(ref record.Item2));
        }
    }
}
