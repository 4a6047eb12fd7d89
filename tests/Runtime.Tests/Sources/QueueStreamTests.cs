namespace CodegenStreaming.Tests.Sources;

public sealed class QueueStreamTests
{
    [Fact]
    public async Task Batch_GetsOneElement_CutIntoTheDefaultPartitions()
    {
        var queue = new Queue<int[]>([[1, 2, 3], [4]]);
        await using var run = new InputRun<int>(context => context.QueueStream(queue)).Start();

        using var first = run.Allocate();
        using var second = run.Allocate();
        using var third = run.Allocate();

        Assert.Equal([["1"], ["2", "3"]], first.Partitions);
        Assert.Equal((3, 2), (first.Allocation.Records, first.Allocation.Blocks));
        Assert.Equal(["4"], second.Records);
        Assert.Empty(third.Partitions);
    }

    [Fact]
    public async Task Batch_GetsAllElements_WhenNotOneAtATime()
    {
        var queue = new Queue<IEnumerable<int>>([[1, 2], Enumerable.Range(3, 2)]);
        await using var run = new InputRun<int>(context => context.QueueStream(queue, oneAtATime: false)).Start();

        using var batch = run.Allocate();

        Assert.Equal([["1"], ["2"], ["3"], ["4"]], batch.Partitions);
        Assert.Empty(queue);
    }

    [Fact]
    public async Task EmptyQueue_GivesTheDefault()
    {
        var queue = new Queue<int[]>();
        await using var run = new InputRun<int>(context => context.QueueStream(queue, defaultRecords: [7])).Start();

        using var first = run.Allocate();
        queue.Enqueue([]);
        using var second = run.Allocate();

        Assert.Equal(["7"], first.Records);
        Assert.Empty(second.Records);
    }

    [Fact]
    public async Task Queue_IsReadUnderItsLock()
    {
        var queue = new Queue<int[]>();
        await using var run = new InputRun<int>(context => context.QueueStream(queue)).Start();
        Task<List<string?>> batch;
        lock (queue)
        {
            batch = Task.Factory.StartNew(
                () =>
                {
                    using var taken = run.Allocate();
                    return taken.Records;
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            queue.Enqueue([1]);
            queue.Enqueue([2]);
        }

        Assert.Equal(["1"], await batch);
        Assert.Single(queue);
    }

    [Fact]
    public async Task Queue_IsNotWaitedFor_ByAGracefulStop()
    {
        await using var run = new InputRun<int>(context => context.QueueStream(new Queue<int[]>([[1], [2]]))).Start();
        Assert.False(run.Input.HasPending);
    }
}
