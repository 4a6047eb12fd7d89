using CodegenStreaming.Benchmarks.Engine;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>A job, its data, and the ways to do it.</summary>
internal abstract class Workload : IDisposable
{
    public const string Hand = "hand";
    public const string Fused = "fused";
    public const string Unfused = "unfused";
    public const string Linq = "linq";

    /// <summary>The records of a batch.</summary>
    public const int BatchSize = 1_000_000;

    /// <summary>Loops by hand take a batch in runs as long as the engine's, so that none of them is stuck in code replaced on the stack.</summary>
    protected const int RunLength = 64 * 1024;

    private readonly List<IDisposable> _owned = [];

    public abstract string Name { get; }

    /// <summary>The contenders, each ready to run.</summary>
    public abstract IReadOnlyList<Contender> CreateContenders();

    public void Dispose()
    {
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }
    }

    /// <summary>An annotated pipeline run by the engine.</summary>
    protected Contender Engine<TPipeline>(string name, TPipeline pipeline)
        where TPipeline : IMeasuredPipeline
    {
        var run = new PipelineRun(pipeline, useGeneratedLoops: name == Fused);
        _owned.Add(run);
        return new Contender(name, () =>
        {
            run.RunBatch();
            if (name == Fused && run.BoundCalls == 0)
            {
                throw new InvalidOperationException($"{Name}: no call of the pipeline ran in a generated loop, so there is nothing to measure.");
            }

            return pipeline.Checksum;
        });
    }

    /// <summary>The lengths of a batch's runs, one after another.</summary>
    protected static IEnumerable<Range> Runs()
    {
        for (var start = 0; start < BatchSize; start += RunLength)
        {
            yield return start..Math.Min(start + RunLength, BatchSize);
        }
    }
}
