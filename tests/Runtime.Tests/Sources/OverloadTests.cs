using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Sources;

public sealed class OverloadTests
{
    private const int MaxPendingBytes = 128 * 1024;

    [Fact]
    public async Task MinuteOfAServerThatIsAlwaysFaster_KeepsMemoryFlat_AndCountsEveryRecord()
    {
        using var server = new TextServer();
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        var context = new StreamingContext(new StreamingOptions { Master = "local[2]", MaxPendingBytes = MaxPendingBytes }, time);
        var count = 0L;
        context.SocketUtf8Stream(TextServer.Host, server.Port).ForeachRdd(rdd => count += rdd.Count());
        context.Start();
        using var connection = await server.AcceptAsync();
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(connection, enough.Token);
        var run = context.Run!;

        for (var second = 0; second < 60; second++)
        {
            await Eventually.True(() => run.Memory.IsFull, "the bound"); // More has come than the batch may hold, every second.
            await RunBatchAsync();
            Assert.InRange(run.Memory.Used, 0, MaxPendingBytes);
            Assert.InRange(context.Engine.Pool.Outstanding, 0, 16);
        }

        await enough.CancelAsync();
        var sent = 0L;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (sent == 0 || count < sent)
        {
            limit.Token.ThrowIfCancellationRequested();
            await RunBatchAsync();
            sent = sending.IsCompleted ? await sending : 0;
        }

        await context.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        Assert.Equal(sent, count);
        Assert.Equal(0, run.Memory.Used);
        Assert.Equal(0, context.Engine.Pool.Outstanding);

        async Task RunBatchAsync()
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await run.Ledger.WaitForAsync(run.Ledger.LastMade);
        }
    }

    private static async Task<long> SendAsync(TextConnection connection, CancellationToken enough)
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(number => $"line {number}\n")));
        var sent = 0L;
        while (!enough.IsCancellationRequested)
        {
            await connection.SendAsync(lines);
            sent += 1000;
        }

        return sent;
    }
}
