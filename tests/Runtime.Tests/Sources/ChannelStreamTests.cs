using System.Threading.Channels;

namespace CodegenStreaming.Tests.Sources;

public sealed class ChannelStreamTests
{
    private const int Paused = 2000;
    private const int Failed = 2001;
    private const int Ended = 2002;

    [Fact]
    public async Task Records_ComeInTheirOrder()
    {
        var channel = Channel.CreateUnbounded<int>();
        await using var run = Run(channel).Start();
        for (var number = 0; number < 1000; number++)
        {
            Assert.True(channel.Writer.TryWrite(number));
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => $"{number}"), await run.TakeAsync(1000));
    }

    [Fact]
    public async Task GracefulStop_TakesWhatTheChannelHolds()
    {
        var channel = Channel.CreateUnbounded<int>();
        await using var run = Run(channel).Start();
        for (var number = 0; number < 1000; number++)
        {
            Assert.True(channel.Writer.TryWrite(number));
        }

        Assert.Equal(1000, (await run.StopAsync()).Count);
    }

    [Fact]
    public async Task CompletedChannel_EndsTheStreamQuietly()
    {
        var channel = Channel.CreateUnbounded<int>();
        await using var run = Run(channel).Start();
        Assert.True(channel.Writer.TryWrite(1));
        channel.Writer.Complete();

        Assert.Equal(["1"], await run.TakeAsync(1));
        await Eventually.True(() => run.Log.Count(Ended) == 1, "the end");
        Assert.Empty(run.Log.Warnings);
    }

    [Fact]
    public async Task FailedChannel_IsLogged()
    {
        var channel = Channel.CreateUnbounded<int>();
        await using var run = Run(channel).Start();
        channel.Writer.Complete(new IOException("broken"));

        await Eventually.True(() => run.Log.Count(Failed) == 1, "the failure");
        Assert.Equal("broken", Assert.Single(run.Log.Warnings).Exception!.Message);
    }

    [Fact]
    public async Task FullMemory_HoldsTheWriterUp_AndLosesNothing()
    {
        const int total = 20_000;
        var channel = Channel.CreateBounded<long>(16);
        await using var run = new InputRun<long>(context => context.ChannelStream(channel.Reader).Named("numbers"), maxPendingBytes: 4096).Start();
        var written = 0;
        var writer = WriteAllAsync();

        await Eventually.True(() => run.Memory.IsFull, "the bound");
        Assert.False(writer.IsCompleted);
        Assert.InRange(run.Memory.Used, 1, 4096);
        // What is stored, a group in hand and what the channel holds: nothing else was taken from the writer.
        Assert.InRange(Volatile.Read(ref written), 1, (4096 / sizeof(long)) + 256 + 16 + 1);

        Assert.Equal(Enumerable.Range(0, total).Select(number => $"{number}"), await run.TakeAsync(total));
        await writer;
        Assert.Equal(1, run.Log.Count(Paused));
        Assert.StartsWith("Channel stream [0] 'numbers' waits", Assert.Single(run.Log.Warnings).Message, StringComparison.Ordinal);

        async Task WriteAllAsync()
        {
            for (var number = 0L; number < total; number++)
            {
                await channel.Writer.WriteAsync(number, TestContext.Current.CancellationToken);
                Volatile.Write(ref written, (int)number + 1);
            }
        }
    }

    [Fact]
    public async Task StopWhilePaused_GivesEverythingBack()
    {
        var channel = Channel.CreateUnbounded<long>();
        await using var run = new InputRun<long>(context => context.ChannelStream(channel.Reader), maxPendingBytes: 4096).Start();
        for (var number = 0; number < 5000; number++)
        {
            Assert.True(channel.Writer.TryWrite(number));
        }

        await Eventually.True(() => run.Memory.IsFull, "the bound");
        Assert.Equal(5000, (await run.StopAsync()).Count);
    }

    private static InputRun<int> Run(Channel<int> channel) => new(context => context.ChannelStream(channel.Reader));
}
