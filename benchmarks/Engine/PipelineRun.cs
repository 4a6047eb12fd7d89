using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Engine;

/// <summary>Runs a pipeline's batches one by one on one task thread, without a clock.</summary>
internal sealed class PipelineRun : IDisposable
{
    private readonly PlanReport _report = new();
    private readonly StreamingContext _context;
    private readonly TaskThreads _threads = new(1, "benchmark");
    private readonly EngineServices _engine;
    private BatchTime _time = new(1000);

    public PipelineRun(IStreamingPipeline pipeline, bool useGeneratedLoops)
    {
        _context = new StreamingContext(new StreamingOptions { Master = "local[1]", UseGeneratedLoops = useGeneratedLoops });
        _context.Add(pipeline);
        _engine = new EngineServices(new TaskRunner(_threads, 1), new BlockPool(), new Planner(useGeneratedLoops, _report), 1);
    }

    public StreamingContext Streaming => _context;

    /// <summary>The operator calls that ran inside generated loops so far.</summary>
    public int BoundCalls => _report.BoundSites.Count;

    public void RunBatch()
    {
        _time += TimeSpan.FromSeconds(1);
        using var scope = new EvaluationScope(_engine, _time, CancellationToken.None);
        foreach (var input in _context.Graph.Inputs)
        {
            input.Allocate(_time, scope);
        }

        Run(scope);
    }

    /// <summary>The outputs, and what the batch leaves behind for later ones, as the job scheduler does it.</summary>
    private void Run(EvaluationScope scope)
    {
        var graph = _context.Graph;
        graph.Grid.Begin(_time);
        var number = graph.Grid.NumberOf(_time);
        foreach (var keeper in graph.Keepers)
        {
            keeper.Begin(number, scope);
        }

        foreach (var output in graph.Outputs)
        {
            output.Run(output, scope);
        }

        foreach (var keeper in graph.Keepers)
        {
            keeper.Keep(number);
        }

        foreach (var keeper in graph.Keepers)
        {
            keeper.Forget(number + 1);
        }
    }

    public void Dispose() => _threads.Dispose();
}
