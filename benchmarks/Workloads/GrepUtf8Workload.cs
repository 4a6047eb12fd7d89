using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Benchmarks.Rivals;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Counts the lines that contain a word; lines are UTF-8 in the block that received them.</summary>
internal sealed class GrepUtf8Workload : Workload
{
    public override string Name => "grep-utf8";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var text = TextData.Instance;
        var count = 0L;
        return
        [
            new Contender(ContenderNames.Hand, () => Count(text, Branching)),
            new Contender(ContenderNames.Hand, () => Count(text, BranchFree)),
            new Contender(ContenderNames.Heroic, () => HeroicGrep.Count(text)),
            Engine(ContenderNames.Fused, new GrepUtf8Pipeline(text)),
            Engine(ContenderNames.Unfused, new GrepUtf8Pipeline(text)),
            new Contender(ContenderNames.Linq, () => Lines(text).Where(line => line.Span.IndexOf("ERROR"u8) >= 0).LongCount()),
            ChannelBatchesRival.Create([.. Runs(BatchSize)], run => count += Branching(text.Bytes, text.Ends, run), () => Taken(ref count)),
        ];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(TextData text)
    {
        var start = 0;
        foreach (var end in text.Ends)
        {
            yield return text.Bytes.AsMemory(start, end - start);
            start = end + 1;
        }
    }

    private static long Count(TextData text, Func<byte[], int[], Range, long> form)
    {
        var count = 0L;
        foreach (var run in Runs(BatchSize))
        {
            count += form(text.Bytes, text.Ends, run);
        }

        return count;
    }

    private static long Branching(byte[] bytes, int[] ends, Range run)
    {
        var count = 0L;
        var start = run.Start.Value == 0 ? 0 : ends[run.Start.Value - 1] + 1;
        foreach (var end in ends.AsSpan(run))
        {
            if (bytes.AsSpan(start, end - start).IndexOf("ERROR"u8) >= 0)
            {
                count++;
            }

            start = end + 1;
        }

        return count;
    }

    private static long BranchFree(byte[] bytes, int[] ends, Range run)
    {
        var count = 0L;
        var start = run.Start.Value == 0 ? 0 : ends[run.Start.Value - 1] + 1;
        foreach (var end in ends.AsSpan(run))
        {
            count += bytes.AsSpan(start, end - start).IndexOf("ERROR"u8) >= 0 ? 1 : 0;
            start = end + 1;
        }

        return count;
    }
}

[StreamingPipeline]
internal sealed partial class GrepUtf8Pipeline(TextData text) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming) =>
        new BlockInput<Utf8Slice>(text.ToBlock()).AddTo(streaming)
            .Filter(line => line.Contains("ERROR"u8))
            .Count()
            .ForeachRdd(rdd => rdd.Foreach(count => Checksum = count));
}
