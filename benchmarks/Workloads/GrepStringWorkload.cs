using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Rivals;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Counts the lines that contain a word; lines are strings.</summary>
internal sealed class GrepStringWorkload : Workload
{
    public override string Name => "grep-string";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var lines = TextData.Instance.ToLines();
        return
        [
            new Contender(ContenderNames.Hand, () => Count(lines, Branching)),
            new Contender(ContenderNames.Hand, () => Count(lines, BranchFree)),
            Engine(ContenderNames.Fused, new GrepStringPipeline(lines)),
            Engine(ContenderNames.Unfused, new GrepStringPipeline(lines)),
            new Contender(ContenderNames.Linq, () => lines.Where(line => line.Contains(TextData.Needle, StringComparison.Ordinal)).LongCount()),
            .. new SumJob<string>(lines, line => line.Contains(TextData.Needle, StringComparison.Ordinal), _ => 1, Branching).CreateContenders(),
            DuckDb(
                () => DuckDbRival.Open().WithBatch(lines, line => new { line }),
                database => database.Number("select count(*) from batch(0) where contains(line, 'ERROR')")),
        ];
    }

    private static long Count(string[] lines, Func<ReadOnlySpan<string>, long> form)
    {
        var count = 0L;
        foreach (var run in Runs(BatchSize))
        {
            count += form(lines.AsSpan(run));
        }

        return count;
    }

    private static long Branching(ReadOnlySpan<string> lines)
    {
        var count = 0L;
        foreach (var line in lines)
        {
            if (line.Contains(TextData.Needle, StringComparison.Ordinal))
            {
                count++;
            }
        }

        return count;
    }

    private static long BranchFree(ReadOnlySpan<string> lines)
    {
        var count = 0L;
        foreach (var line in lines)
        {
            count += line.Contains(TextData.Needle, StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }
}

[StreamingPipeline]
internal sealed partial class GrepStringPipeline(string[] lines) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming) =>
        new BlockInput<string>(new ArrayBlock<string>(lines, lines.Length, pool: null)).AddTo(streaming)
            .Filter(line => line.Contains(TextData.Needle, StringComparison.Ordinal))
            .Count()
            .ForeachRdd(rdd => rdd.Foreach(count => Checksum = count));
}
