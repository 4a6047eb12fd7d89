using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Sources;

/// <summary>One input, driven by hand in virtual time: started, asked for batches, stopped.</summary>
internal sealed class InputRun<T> : IAsyncDisposable
{
    private readonly TaskThreads _threads = new(2, "input run");
    private readonly EngineServices _engine;
    private readonly DatasetNode<T> _node;

    public InputRun(
        Func<StreamingContext, DStream<T>> define,
        long maxPendingBytes = long.MaxValue,
        TimeSpan? blockInterval = null,
        TimeSpan? batchInterval = null,
        int parallelism = 2)
    {
        var context = new StreamingContext(new StreamingOptions(), Time);
        _node = define(context).Node;
        Input = Assert.Single(context.Graph.Inputs);
        Memory = new PendingMemory(maxPendingBytes);
        Interval = batchInterval ?? TimeSpan.FromSeconds(1);
        _engine = new EngineServices(new TaskRunner(_threads, 1), Pool, new Planner(false, new PlanReport()), parallelism);
        Services = new InputServices(Time, Log, Pool, Memory, Interval, blockInterval ?? TimeSpan.FromMilliseconds(200));
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));

    public TimeSpan Interval { get; }

    public LogRecords Log { get; } = new();

    public BlockPool Pool { get; } = new();

    public PendingMemory Memory { get; }

    public InputServices Services { get; }

    public InputStream Input { get; }

    public BatchTime Now => new(Time.GetUtcNow().ToUnixTimeMilliseconds());

    public InputRun<T> Start()
    {
        Input.Start(Services);
        return this;
    }

    /// <summary>A batch with what has arrived; its memory is held until it is disposed of.</summary>
    public InputBatch<T> Allocate(BatchTime? at = null)
    {
        var scope = NewScope(at);
        return new InputBatch<T>(scope, Input.Allocate(scope.Time!.Value, scope), _node);
    }

    public EvaluationScope NewScope(BatchTime? at = null) => new(_engine, at ?? Now, CancellationToken.None);

    /// <summary>Takes batches until so many records have come.</summary>
    public async Task<List<string?>> TakeAsync(int count, Action? meanwhile = null)
    {
        var records = new List<string?>();
        await Eventually.True(
            () =>
            {
                using var batch = Allocate();
                records.AddRange(batch.Records);
                return records.Count >= count;
            },
            $"{count} records of {Input.Name}",
            meanwhile ?? (static () => { }));
        return records;
    }

    /// <summary>Stops and takes what is left.</summary>
    public async Task<List<string?>> StopAsync()
    {
        await Input.StopAsync(graceful: true);
        using var batch = Allocate();
        return batch.Records;
    }

    /// <summary>Stops, and proves that all memory came back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Input.StopAsync(graceful: false);
        Input.DropPending();
        _threads.Dispose();
        Assert.Equal(0, Pool.Outstanding);
        Assert.Equal(0, Memory.Used);
    }
}

internal sealed class InputBatch<T>(EvaluationScope scope, InputAllocation allocation, DatasetNode<T> node) : IDisposable
{
    public InputAllocation Allocation => allocation;

    public List<List<string?>> Partitions =>
        [.. scope.Materialize(node).Blocks.Select(block => block.Read().Select(record => record?.ToString()).ToList())];

    public List<string?> Records => [.. Partitions.SelectMany(partition => partition)];

    public Block<T>[] Blocks => scope.Materialize(node).Blocks;

    public EvaluationScope Scope => scope;

    /// <summary>The batch as a data set that has no other reader.</summary>
    public Rdd<T> Rdd => new(scope, node, null);

    public void Dispose() => scope.Dispose();
}
