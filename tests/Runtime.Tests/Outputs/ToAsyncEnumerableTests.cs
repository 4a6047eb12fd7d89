namespace CodegenStreaming.Tests.Outputs;

public sealed class ToAsyncEnumerableTests
{
    [Fact]
    public async Task Records_ComeInOrder_AndEndWithTheContext()
    {
        await using var stream = new QueuedStream<int>();
        var records = stream.Stream.ToAsyncEnumerable();
        stream.Context.Start();

        await stream.RunAsync(1, 2);
        await stream.RunAsync(3);
        await stream.Context.StopAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3], await records.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Failure_IsThrown_AfterWhatCameBeforeIt()
    {
        await using var stream = new QueuedStream<int>();
        var records = stream.Stream.Map(number => 10 / number).ToAsyncEnumerable();
        stream.Context.Start();
        await stream.RunAsync(5);
        await stream.RunAsync(0);

        var seen = new List<int>();
        await Assert.ThrowsAsync<StreamingTaskException>(async () =>
        {
            await foreach (var record in records)
            {
                seen.Add(record);
            }
        });
        Assert.Equal([2], seen);
    }

    [Fact]
    public async Task SlowReader_HoldsTheBatchUp()
    {
        await using var stream = new QueuedStream<int>();
        var records = stream.Stream.ToAsyncEnumerable(bufferSize: 1);
        stream.Context.Start();
        stream.Begin(1, 2, 3);
        var time = stream.Context.Run!.Ledger.LastMade;
        var done = stream.Context.Run.Ledger.WaitForAsync(time);

        await using var reader = records.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reader.MoveNextAsync());
        Assert.False(done.IsCompleted); // One record read, one in the buffer: the third cannot have been written.
        Assert.True(await reader.MoveNextAsync());
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(3, reader.Current);
        await done;
    }

    [Fact]
    public async Task ReaderThatLeaves_LetsTheContextGoOn()
    {
        await using var stream = new QueuedStream<int>();
        var records = stream.Stream.ToAsyncEnumerable(bufferSize: 1);
        stream.Context.Start();
        stream.Begin(1, 2, 3);
        var time = stream.Context.Run!.Ledger.LastMade;

        await foreach (var record in records)
        {
            Assert.Equal(1, record);
            break;
        }

        await stream.Context.Run.Ledger.WaitForAsync(time);
        await stream.RunAsync(4, 5, 6);
        await stream.Context.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        await stream.Context.AwaitTerminationAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task SecondReader_IsRefused()
    {
        await using var stream = new QueuedStream<int>();
        var records = stream.Stream.ToAsyncEnumerable();
        await using var first = records.GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => records.GetAsyncEnumerator(TestContext.Current.CancellationToken));
    }
}
