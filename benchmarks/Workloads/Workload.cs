using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Rivals;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>A job, its data, and the ways to do it.</summary>
internal abstract class Workload : IDisposable
{
    /// <summary>The records of a batch, where a workload says nothing else.</summary>
    protected const int BatchSize = 1_000_000;

    /// <summary>Loops by hand take a batch in runs as long as the engine's, so that none of them is stuck in code replaced on the stack.</summary>
    protected const int RunLength = 64 * 1024;

    private readonly List<IDisposable> _owned = [];

    public abstract string Name { get; }

    /// <summary>The records that a contender works through at a time.</summary>
    public virtual int Records => BatchSize;

    /// <summary>The batches that they are divided into.</summary>
    public virtual int Batches => 1;

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
        var run = new PipelineRun(pipeline, useGeneratedLoops: name == ContenderNames.Fused);
        _owned.Add(run);
        return new Contender(name, () =>
        {
            run.RunBatch();
            if (name == ContenderNames.Fused && run.BoundCalls == 0)
            {
                throw new InvalidOperationException($"{Name}: no call of the pipeline ran in a generated loop, so there is nothing to measure.");
            }

            return pipeline.Checksum;
        });
    }

    /// <summary>A query; the database is opened when it is first run.</summary>
    protected Contender DuckDb(Func<DuckDbRival> open, Func<DuckDbRival, long> query)
    {
        DuckDbRival? database = null;
        return new Contender(ContenderNames.DuckDb, () =>
        {
            if (database is null)
            {
                database = open();
                _owned.Add(database);
            }

            return query(database);
        });
    }

    /// <summary>What was counted so far, and nothing is left of it.</summary>
    protected static long Taken(ref long count)
    {
        var taken = count;
        count = 0;
        return taken;
    }

    /// <summary>A batch's records summed up in runs, by a loop written by hand.</summary>
    protected static long SumInRuns<T>(T[] records, Func<ReadOnlySpan<T>, long> loop)
    {
        var sum = 0L;
        foreach (var run in Runs(records.Length))
        {
            sum += loop(records.AsSpan(run));
        }

        return sum;
    }

    /// <summary>Disposes of something with the workload.</summary>
    protected T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned.Add(disposable);
        return disposable;
    }

    /// <summary>The runs of a batch, one after another.</summary>
    protected static IEnumerable<Range> Runs(int records)
    {
        for (var start = 0; start < records; start += RunLength)
        {
            yield return start..Math.Min(start + RunLength, records);
        }
    }
}
