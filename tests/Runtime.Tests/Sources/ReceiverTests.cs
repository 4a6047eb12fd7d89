using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Sources;

/// <summary>Receivers within a running context.</summary>
public sealed class ReceiverTests
{
    [Fact]
    public async Task ManyReceivers_OccupyNoTaskThread()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        await using var context = new StreamingContext(new StreamingOptions { Master = "local[1]" }, time);
        var channels = Enumerable.Range(0, 5).Select(_ => Channel.CreateUnbounded<int>()).ToArray();
        var seen = new ConcurrentQueue<int>();
        context.Union(channels.Select(channel => context.ChannelStream(channel.Reader))).ForeachRdd(rdd => rdd.Foreach(seen.Enqueue));
        context.Start();
        foreach (var channel in channels)
        {
            await channel.Writer.WriteAsync(1, TestContext.Current.CancellationToken);
        }

        await Eventually.True(() => seen.Count == 5, "a record of each receiver", () => time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Files_AreCountedByAPipeline_OnceForSeveralOutputs()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        await using var context = new StreamingContext(new StreamingOptions { Master = "local[2]" }, time);
        var lines = context.Utf8FileStream(folder.Root);
        var (counts, total) = (new List<(string, int)>(), 0L);
        lines.Map(line => (line.ToString(), 1)).ReduceByKey((a, b) => a + b).ForeachRdd(rdd => counts.AddRange(rdd.Collect()));
        lines.ForeachRdd(rdd => total += rdd.Count());
        context.Start();
        foreach (var (name, text) in new[] { ("a", "x\ny\n"), ("b", "x\n") })
        {
            File.WriteAllText(folder[name], text);
            File.SetLastWriteTimeUtc(folder[name], time.GetUtcNow().UtcDateTime.AddSeconds(1));
        }

        time.Advance(TimeSpan.FromSeconds(1));
        await context.Run!.Ledger.WaitForAsync(context.Run.Ledger.LastMade);
        time.Advance(TimeSpan.FromSeconds(1));
        await context.Run.Ledger.WaitForAsync(context.Run.Ledger.LastMade);

        Assert.Equal([("x", 2), ("y", 1)], counts.Order());
        Assert.Equal(3, total);
        await context.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, context.Engine.Pool.Outstanding);
    }

    [Fact]
    public async Task Listener_IsToldOfStartErrorAndStop()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        var listener = new ReceiverListener();
        var context = new StreamingContext(new StreamingOptions { Master = "local[1]" }, time);
        context.AddListener(listener);
        var channel = Channel.CreateUnbounded<int>();
        context.ChannelStream(channel.Reader).ForeachRdd(rdd => rdd.Count());
        context.Start();

        channel.Writer.Complete(new IOException("broken"));
        await Eventually.True(() => listener.Events.Count == 3, "three events");
        await context.StopAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            [("started", true, null), ("error", true, "broken"), ("stopped", false, "broken")],
            listener.Events.Select(happened => (happened.Name, happened.Receiver.IsActive, happened.Receiver.LastErrorMessage)));
        Assert.All(listener.Events, happened => Assert.Equal("Channel stream [0]", happened.Receiver.Name));
    }

    [Fact]
    public async Task GracefulStop_CountsEverythingThatASocketReceived()
    {
        using var server = new TextServer();
        var context = new StreamingContext(new StreamingOptions { Master = "local[2]", BatchInterval = TimeSpan.FromMilliseconds(50) });
        var count = 0L;
        context.SocketUtf8Stream(TextServer.Host, server.Port).ForeachRdd(rdd => count += rdd.Count());
        context.Start();
        using var connection = await server.AcceptAsync();
        await connection.SendAsync("first\n");
        await Eventually.True(() => Interlocked.Read(ref count) == 1, "the connection");
        await connection.SendAsync(string.Concat(Enumerable.Repeat("line\n", 10_000)));

        await context.StopAsync(graceful: true, TestContext.Current.CancellationToken);

        Assert.Equal(10_001, count);
        Assert.Equal(0, context.Engine.Pool.Outstanding);
    }

    [Fact]
    public async Task GracefulStopThatIsCutShort_GivesUpWhatWasReceived()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        var context = new StreamingContext(new StreamingOptions { Master = "local[1]" }, time);
        var (records, results) = (Channel.CreateUnbounded<int>(), Channel.CreateBounded<int>(1));
        context.ChannelStream(records.Reader).ToChannel(results.Writer);
        context.Start();
        await records.Writer.WriteAsync(1, TestContext.Current.CancellationToken);
        await records.Writer.WriteAsync(2, TestContext.Current.CancellationToken);
        await Eventually.True(() => context.Graph.Inputs[0].HasPending, "the records");
        time.Advance(TimeSpan.FromSeconds(1)); // The batch waits for somebody to read its results.
        await records.Writer.WriteAsync(3, TestContext.Current.CancellationToken);
        await results.Reader.WaitToReadAsync(TestContext.Current.CancellationToken);

        using var impatience = new CancellationTokenSource();
        var stopping = context.StopAsync(graceful: true, impatience.Token);
        await impatience.CancelAsync();
        await stopping;

        Assert.False(context.Graph.Inputs[0].HasPending);
        Assert.Equal(0, context.Engine.Pool.Outstanding);
    }

    private sealed class ReceiverListener : IStreamingListener
    {
        public ConcurrentQueue<(string Name, ReceiverInfo Receiver)> Events { get; } = new();

        public void OnReceiverStarted(ReceiverInfo receiver) => Events.Enqueue(("started", receiver));

        public void OnReceiverError(ReceiverInfo receiver) => Events.Enqueue(("error", receiver));

        public void OnReceiverStopped(ReceiverInfo receiver) => Events.Enqueue(("stopped", receiver));
    }
}
