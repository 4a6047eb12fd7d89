using System.Threading.Channels;

namespace CodegenStreaming.Conformance;

public sealed class GracefulStopTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EveryStoredRecordIsCounted(int batchesBefore)
    {
        await using var stream = new VirtualStream(options => options.BatchInterval = TimeSpan.FromMilliseconds(100));
        var input = new GivenInput<int>();
        var sum = 0L;
        input.AddTo(stream.Streaming).Count().ForeachRdd(rdd => sum += rdd.First());
        stream.Streaming.Start();

        var given = 0;
        for (var batch = 0; batch < batchesBefore; batch++)
        {
            Give();
            await stream.AdvanceAsync();
            Give();
        }

        Give();
        await stream.StopGracefullyAsync();

        Assert.Equal(given, sum);
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
        stream.Streaming.AwaitTermination();

        void Give()
        {
            for (var record = 0; record < 10; record++)
            {
                input.Give(given++);
            }
        }
    }

    [Fact]
    public async Task FastProducer_LosesNothing()
    {
        await using var stream = new VirtualStream();
        var channel = Channel.CreateUnbounded<int>();
        var sum = 0L;
        stream.Streaming.ChannelStream(channel.Reader).Count().ForeachRdd(rdd => sum += rdd.First());
        stream.Streaming.Start();
        var written = 0;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await channel.Writer.WriteAsync(written++, CancellationToken.None);
                }
            },
            CancellationToken.None);

        await stream.AdvanceAsync(20);
        await stop.CancelAsync();
        await writing;
        channel.Writer.Complete();
        await stream.StopGracefullyAsync();

        Assert.Equal(written, sum);
    }

    [Fact]
    public async Task RecordsThatArriveDuringTheStopAreCounted()
    {
        await using var stream = new VirtualStream();
        GivenInput<int>? input = null;
        input = new GivenInput<int>
        {
            OnStop = async _ =>
            {
                for (var record = 0; record < 15; record++)
                {
                    await Task.Yield();
                    input!.Give(record);
                }
            },
        };
        var count = 0L;
        input.AddTo(stream.Streaming).ForeachRdd(rdd => count += rdd.Count());
        stream.Streaming.Start();

        await stream.StopGracefullyAsync();

        Assert.Equal(15, count);
    }

    [Fact]
    public async Task StopRightAfterStart_NeedsNoBatch_WhenNothingWasReceived()
    {
        await using var stream = new VirtualStream();
        var batches = 0;
        new GivenInput<int>().AddTo(stream.Streaming).ForeachRdd(_ => batches++);
        stream.Streaming.Start();

        await stream.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);

        Assert.Equal(0, batches);
    }

    [Fact]
    public async Task NoBatchIsMadeAfterTheStop()
    {
        await using var stream = new VirtualStream();
        var stopped = false;
        var input = new GivenInput<int> { OnAllocate = _ => Assert.False(stopped) };
        input.AddTo(stream.Streaming).Print();
        stream.Streaming.Start();
        input.Give(1);
        await stream.StopGracefullyAsync();
        stopped = true;

        stream.Time.Advance(TimeSpan.FromDays(1));

        stream.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task FinalBatch_KeepsItsPlaceOnTheGrid()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        var times = new List<BatchTime>();
        input.AddTo(stream.Streaming).ForeachRdd((_, time) => times.Add(time));
        stream.Streaming.Start();
        await stream.AdvanceAsync();
        stream.Time.Advance(TimeSpan.FromMilliseconds(300));
        input.Give(1);

        await stream.StopGracefullyAsync();

        Assert.Equal([stream.BatchTimeOf(1), stream.BatchTimeOf(2)], times);
    }

    [Fact]
    public async Task TimeOut_DropsTheRestWithAWarning()
    {
        var log = new RecordedLog();
        await using var stream = new VirtualStream(options => options.GracefulStopTimeout = TimeSpan.FromMilliseconds(500), log);
        var input = new GivenInput<int>();
        var batches = 0;
        input.AddTo(stream.Streaming).ForeachRdd(_ => batches++);
        stream.Streaming.Start();
        input.Give(1);

        var stopping = stream.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        await stream.Streaming.Run!.Drain.WaitsForClockAsync();
        stream.Time.Advance(TimeSpan.FromMilliseconds(500));
        await stopping;

        Assert.Equal(0, batches);
        Assert.Single(log.Warnings, line => line.Contains("GracefulStopTimeout", StringComparison.Ordinal));
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
    }

    [Fact]
    public async Task TimeOut_AppliesToInputsThatDoNotStop()
    {
        var log = new RecordedLog();
        await using var stream = new VirtualStream(loggerFactory: log);
        var asked = new TaskCompletionSource();
        var input = new GivenInput<int>
        {
            OnStop = async graceful =>
            {
                asked.TrySetResult();
                await (graceful ? new TaskCompletionSource().Task : Task.CompletedTask);
            },
        };
        input.AddTo(stream.Streaming).Print();
        stream.Streaming.Start();

        var stopping = stream.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        await asked.Task;
        stream.Time.Advance(TimeSpan.FromSeconds(10));
        await stopping;

        Assert.Single(log.Warnings, line => line.Contains("Given stream [0] did not stop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecondStop_CutsAGracefulOneShort()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        input.AddTo(stream.Streaming).Print();
        stream.Streaming.Start();
        input.Give(1);
        var stopping = stream.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        await stream.Streaming.Run!.Drain.WaitsForClockAsync();
        Assert.Equal(StreamingContextState.Active, stream.Streaming.State);

        await stream.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        await stopping;
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
    }

    [Fact]
    public async Task Stop_GoesTheWayOfARecord_InputsThenBatchesThenListeners()
    {
        await using var stream = new VirtualStream();
        var events = new RecordedEvents();
        stream.Streaming.AddListener(events);
        var input = new GivenInput<int>();
        input.AddTo(stream.Streaming).Print();
        stream.Streaming.Start();
        input.Give(1);

        await stream.StopGracefullyAsync();

        Assert.Equal(
            ["StreamingStarted", "ReceiverStarted", "ReceiverStopped", "BatchSubmitted", "BatchStarted", "OutputOperationStarted", "OutputOperationCompleted", "BatchCompleted"],
            events.Names);
    }

    [Fact]
    public async Task MachineClock_EveryRecordIsCountedToo()
    {
        await using var streaming = new StreamingContext(
            new StreamingOptions { BatchInterval = TimeSpan.FromMilliseconds(10), Master = "local[2]", GracefulStopTimeout = TimeSpan.FromMinutes(1) });
        var channel = Channel.CreateUnbounded<int>();
        var counts = new List<long>();
        streaming.ChannelStream(channel.Reader).ForeachRdd(rdd => counts.Add(rdd.Count()));
        streaming.Start();
        for (var record = 0; record < 1000; record++)
        {
            await channel.Writer.WriteAsync(record, TestContext.Current.CancellationToken);
        }

        await streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);

        Assert.Equal(1000, counts.Sum());
        streaming.AwaitTermination();
    }
}
