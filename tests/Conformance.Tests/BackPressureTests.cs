using System.Threading.Channels;

namespace CodegenStreaming.Conformance;

public sealed class BackPressureTests
{
    private const int Bound = 40_000;

    [Fact]
    public async Task SourceTenTimesTooFast_IsHeldUp_AndEveryRecordIsCounted()
    {
        using var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { MaxPendingBytes = Bound }, LoggerFactory = log });
        var channel = Channel.CreateBounded<long>(64);
        var (count, sum) = (0L, 0L);
        test.Streaming.ChannelStream(channel.Reader).Named("readings").ForeachRdd(rdd =>
        {
            var records = rdd.Collect();
            Assert.InRange(records.Length * sizeof(long), 0, Bound);
            count += records.Length;
            sum += records.Sum();
        });
        test.Start();
        var memory = test.Streaming.Run!.Memory;
        var writing = WriteAsync(channel.Writer, 60 * 10_000);

        var batches = 0;
        while (!writing.IsCompleted || memory.Used > 0)
        {
            // As much as the source can bring before it is held up: twice what a batch may hold in each of sixty seconds.
            while (!memory.IsFull && !writing.IsCompleted)
            {
                await Task.Yield();
            }

            Assert.InRange(memory.Used, 0, Bound);
            await test.AdvanceAsync();
            Assert.InRange(test.Streaming.Engine.Pool.Outstanding, 0, 10);
            batches++;
        }

        await writing;
        await test.StopAsync();
        Assert.Equal(60 * 10_000, count);
        Assert.Equal(60 * 10_000L * ((60 * 10_000L) - 1) / 2, sum);
        Assert.InRange(batches, 60 * 10_000 * sizeof(long) / Bound, int.MaxValue);
        Assert.Equal(0, memory.Used);
        Assert.Contains(log.Warnings, line => line.Contains("'readings' waits: the bound on received, unprocessed data is reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RoomComesBack_WhenABatchFails()
    {
        await using var test = new StreamingTest();
        var input = new GivenInput<int> { ReservedPerRecord = 100 };
        input.AddTo(test.Streaming).ForeachRdd(_ => throw new FormatException());
        test.Start();
        input.Give(1, 2, 3);
        await input.Services!.Memory.ReserveAsync(300, TestContext.Current.CancellationToken);

        await test.ExpectFailureAsync("ForeachRdd");

        Assert.Equal(0, test.Streaming.Run!.Memory.Used);
    }

    private static async Task WriteAsync(ChannelWriter<long> writer, int records)
    {
        await Task.Yield();
        for (long record = 0; record < records; record++)
        {
            await writer.WriteAsync(record, TestContext.Current.CancellationToken);
        }

        writer.Complete();
    }
}
