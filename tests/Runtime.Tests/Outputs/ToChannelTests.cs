using System.Threading.Channels;

namespace CodegenStreaming.Tests.Outputs;

public sealed class ToChannelTests
{
    [Fact]
    public async Task Records_ComeInTheOrderOfBatchesAndPartitions()
    {
        var channel = Channel.CreateUnbounded<int>();
        await using var stream = new QueuedStream<int>();
        stream.Stream.Map(number => number * 10).ToChannel(channel.Writer);
        stream.Context.Start();

        await stream.RunAsync(1, 2, 3);
        await stream.RunAsync(4);
        await stream.Context.StopAsync(graceful: true, TestContext.Current.CancellationToken);

        Assert.Equal([10, 20, 30, 40], await channel.Reader.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task FullChannel_HoldsTheBatchUp()
    {
        var channel = Channel.CreateBounded<int>(2);
        await using var stream = new QueuedStream<int>();
        stream.Stream.ToChannel(channel.Writer);
        stream.Context.Start();

        stream.Begin(1, 2, 3, 4, 5);
        var time = stream.Context.Run!.Ledger.LastMade;
        for (var number = 1; number <= 5; number++)
        {
            Assert.InRange(channel.Reader.Count, 0, 2);
            Assert.Equal(number, await channel.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }

        await stream.Context.Run.Ledger.WaitForAsync(time);
    }

    [Fact]
    public async Task Stop_EndsABatchThatWaitsForRoom_AndCompletesTheChannel()
    {
        var channel = Channel.CreateBounded<int>(1);
        await using var stream = new QueuedStream<int>();
        stream.Stream.ToChannel(channel.Writer);
        stream.Context.Start();
        stream.Begin(1, 2, 3);
        await channel.Reader.WaitToReadAsync(TestContext.Current.CancellationToken);

        await stream.Context.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        Assert.Equal([1], await channel.Reader.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Failure_CompletesTheChannelWithIt()
    {
        var channel = Channel.CreateUnbounded<int>();
        await using var stream = new QueuedStream<int>();
        stream.Stream.Map(number => 10 / number).ToChannel(channel.Writer);
        stream.Context.Start();

        await stream.RunAsync(5);
        await stream.RunAsync(0);
        await stream.RunAsync(1); // The context goes on; nobody is told any more.

        Assert.Equal(2, await channel.Reader.ReadAsync(TestContext.Current.CancellationToken));
        var failure = await Assert.ThrowsAsync<StreamingTaskException>(() => channel.Reader.Completion);
        Assert.IsType<DivideByZeroException>(failure.InnerException);
    }

    [Fact]
    public async Task ChannelClosedByItsOwner_FailsTheBatch()
    {
        var channel = Channel.CreateUnbounded<int>();
        await using var stream = new QueuedStream<int>();
        stream.Stream.ToChannel(channel.Writer);
        stream.Context.Start();
        channel.Writer.Complete();

        await stream.RunAsync(1);

        await Assert.ThrowsAsync<ChannelClosedException>(() => stream.Context.AwaitTerminationAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Text_OutlivesItsBatch()
    {
        var texts = Channel.CreateUnbounded<(Utf8Slice, int)>();
        using var server = new Sources.TextServer();
        await using var stream = new QueuedStream<int>();
        stream.Context.SocketUtf8Stream(Sources.TextServer.Host, server.Port).Map(line => (line, 1)).ToChannel(texts.Writer);
        stream.Context.Start();
        using var connection = await server.AcceptAsync();
        await connection.SendAsync("kept\n");

        await Sources.Eventually.True(() => texts.Reader.Count > 0, "the line", () => stream.Time.Advance(TimeSpan.FromSeconds(1)));
        await stream.Context.StopAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("kept", (await texts.Reader.ReadAsync(TestContext.Current.CancellationToken)).Item1.ToString());
    }
}
