using CodegenStreaming.Batches;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Windows;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>How a pipeline is run.</summary>
/// <param name="UseLoops">Whether generated loops are used.</param>
/// <param name="Threads">Task threads.</param>
/// <param name="Parallelism">The default number of partitions.</param>
/// <param name="MaxTaskFailures">How often a task is tried.</param>
/// <param name="AtOnce">So many batches are begun before the first of their outputs runs; then the outputs of the latest run first.</param>
/// <param name="DataSetDirectory">Where data sets are checkpointed.</param>
internal sealed record RunSettings(bool UseLoops = true, int Threads = 1, int Parallelism = 2, int MaxTaskFailures = 1, int AtOnce = 1, string? DataSetDirectory = null);

/// <summary>What a run left behind.</summary>
/// <param name="Lines">What the outputs logged.</param>
/// <param name="Report">Which calls ran in generated loops.</param>
/// <param name="ArraysOutstanding">Pooled arrays that did not come back.</param>
/// <param name="AllocatedBytes">What the whole process allocated while each batch ran.</param>
internal sealed record RunResult(IReadOnlyList<string> Lines, PlanReport Report, long ArraysOutstanding, IReadOnlyList<long> AllocatedBytes)
{
    public IEnumerable<CallSite> Bound => Report.BoundSites;
}

/// <summary>The data of one batch: the partitions of each input by its name. An input without an entry gets no partitions.</summary>
internal sealed class BatchData
{
    public Dictionary<string, IReadOnlyList<Array>> Inputs { get; } = [];

    /// <summary>Gives the partitions of every other input by its record type.</summary>
    public Func<Type, IReadOnlyList<Array>>? Default { get; init; }

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
        using var log = new ResultLog();
        var report = new PlanReport();
        var pool = new BlockPool();
        using var threads = new TaskThreads(settings.Threads, "test");
        var engine = new EngineServices(
            new TaskRunner(threads, settings.MaxTaskFailures), pool, new Planner(settings.UseLoops, report), settings.Parallelism);
        if (settings.DataSetDirectory is { } directory)
        {
            engine.Checkpoints.Set(directory);
        }

        var context = new StreamingContext(new StreamingOptions(), output: log.Printed);
        context.Add(create(log));
        StreamPlanning.PlanAll(context.Graph, engine.Planner);
        context.Graph.Grid.Begin(TimeOf(1));
        var allocated = new List<long>();
        var next = 1;
        foreach (var group in batches.Chunk(settings.AtOnce))
        {
            var begun = new Stack<(int Number, EvaluationScope Scope)>();
            foreach (var batch in group)
            {
                begun.Push((next, Begin(context, engine, batch, next)));
                next++;
            }

            foreach (var (number, scope) in begun)
            {
                log.Batch = number;
                allocated.Add(RunBatch(context, scope, log));
            }

            foreach (var keeper in context.Graph.Keepers)
            {
                keeper.Forget(next);
            }
        }

        foreach (var keeper in context.Graph.Keepers)
        {
            keeper.End();
        }

        context.Stop(); // Ends the threads of an engine context that the program has asked for.
        return new RunResult(log.Lines, report, pool.Outstanding, allocated);
    }

    private static BatchTime TimeOf(int batch) => new(1000 * batch);

    private static EvaluationScope Begin(StreamingContext context, EngineServices engine, BatchData batch, int number)
    {
        var scope = new EvaluationScope(engine, TimeOf(number), CancellationToken.None);
        foreach (var input in context.Graph.Nodes.OfType<ProgramInput.INode>())
        {
            if (batch.Inputs.TryGetValue(input.Name, out var partitions) || (partitions = batch.Default?.Invoke(input.RecordType)) is not null)
            {
                input.Give(scope, partitions);
            }
        }

        foreach (var keeper in KeepersOf(context, number))
        {
            keeper.Begin(number, scope);
        }

        return scope;
    }

    private static IEnumerable<BatchKeeper> KeepersOf(StreamingContext context, int batch) =>
        context.Graph.Keepers.Where(keeper => batch % keeper.Node.Slide == 0);

    private static long RunBatch(StreamingContext context, EvaluationScope scope, ResultLog log)
    {
        using var ended = scope;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var output in context.Graph.Outputs.Where(output => log.Batch % output.Node.Slide == 0))
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

        foreach (var keeper in KeepersOf(context, log.Batch))
        {
            try
            {
                keeper.Keep(log.Batch);
            }
#pragma warning disable CA1031 // An output has logged it, or a later one will.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
