using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>How a pipeline is run.</summary>
internal sealed record RunSettings(bool UseLoops = true, int Threads = 1, int Parallelism = 2, int MaxTaskFailures = 1);

/// <summary>What a run left behind.</summary>
internal sealed record RunResult(IReadOnlyList<string> Lines, PlanReport Report, long ArraysOutstanding)
{
    public IEnumerable<CallSite> Bound => Report.BoundSites;
}

/// <summary>The data of one batch: the partitions of each input by its name. An input without an entry gets no partitions.</summary>
internal sealed class BatchData
{
    public Dictionary<string, IReadOnlyList<Array>> Inputs { get; } = [];

    public static BatchData Of<T>(string input, params T[][] partitions) => new() { Inputs = { [input] = partitions } };

    public BatchData And<T>(string input, params T[][] partitions)
    {
        Inputs.Add(input, partitions);
        return this;
    }
}

/// <summary>Defines a pipeline and evaluates its outputs batch by batch, without clock and scheduler.</summary>
internal static class PipelineRunner
{
    public static RunResult Run(Func<ResultLog, IStreamingPipeline> create, IEnumerable<BatchData> batches, RunSettings? settings = null)
    {
        settings ??= new RunSettings();
        var log = new ResultLog();
        var report = new PlanReport();
        var pool = new BlockPool();
        using var threads = new TaskThreads(settings.Threads, "test");
        var engine = new EngineServices(
            new TaskRunner(threads, settings.MaxTaskFailures), pool, new Planner(settings.UseLoops, report), settings.Parallelism);
        var context = new StreamingContext(new StreamingOptions());
        context.Add(create(log));
        foreach (var batch in batches)
        {
            log.Batch++;
            RunBatch(context, engine, batch, log);
        }

        return new RunResult(log.Lines, report, pool.Outstanding);
    }

    private static void RunBatch(StreamingContext context, EngineServices engine, BatchData batch, ResultLog log)
    {
        using var scope = new EvaluationScope(engine, new BatchTime(1000 * log.Batch), CancellationToken.None);
        foreach (var input in context.Graph.Nodes.OfType<ProgramInput.INode>())
        {
            if (batch.Inputs.TryGetValue(input.Name, out var partitions))
            {
                input.Give(scope, partitions);
            }
        }

        foreach (var output in context.Graph.Outputs)
        {
            try
            {
                output.Run(output, scope);
            }
#pragma warning disable CA1031 // Failures are results: fused and unfused must agree on them.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                log.Failed(output.Id, exception);
            }
        }
    }
}
