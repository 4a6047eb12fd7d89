using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodegenStreaming.Tests.Execution;

/// <summary>Task threads, a pool and a planner without loops: data sets can be made from arrays, batch after batch.</summary>
internal sealed class TestEngine : IDisposable
{
    private readonly TaskThreads _threads;

    public TestEngine(
        int threads = 2,
        int maxFailures = 1,
        int defaultParallelism = 3,
        TimeProvider? time = null,
        long maxAggregationMemory = long.MaxValue,
        CancellationToken cancellation = default)
    {
        var pool = new BlockPool();
        var store = new BlockStore(long.MaxValue, null, pool, NullLogger.Instance);
        _threads = new TaskThreads(threads, "test");
        Services = new EngineServices(
            new TaskRunner(_threads, maxFailures),
            pool,
            new Planner(useLoops: false, new PlanReport()),
            defaultParallelism,
            store,
            time: time,
            aggregations: new AggregationMemory(maxAggregationMemory, threads, store));
        Cancellation = cancellation;
    }

    public EngineServices Services { get; }

    public BlockPool Pool => Services.Pool;

    public CancellationToken Cancellation { get; }

    public EvaluationScope NewScope(long time = 1000) => new(Services, new BatchTime(time), Cancellation);

    /// <summary>A data set whose partitions lie in pooled blocks, as a receiver leaves them.</summary>
    public Rdd<T> Given<T>(EvaluationScope scope, params T[][] partitions)
    {
        var input = new InputNode<T>("Given");
        Give(scope, input, partitions);
        return new Rdd<T>(scope, input, null);
    }

    public void Give<T>(EvaluationScope scope, InputNode<T> input, params T[][] partitions)
    {
        var blocks = new Block<T>[partitions.Length];
        for (var index = 0; index < partitions.Length; index++)
        {
            var items = Pool.Rent<T>(partitions[index].Length);
            partitions[index].CopyTo(items, 0);
            blocks[index] = new ArrayBlock<T>(items, partitions[index].Length, Pool);
        }

        scope.SetInput(input, blocks);
    }

    /// <summary>Runs a batch and checks that nothing of it stays out of the pool, whatever happened in it.</summary>
    public void Batch(Action<EvaluationScope> batch)
    {
        try
        {
            using var scope = NewScope();
            batch(scope);
        }
        finally
        {
            Assert.Equal(0, Pool.Outstanding);
        }
    }

    public void Dispose()
    {
        _threads.Dispose();
        Services.Store.Dispose();
    }
}
