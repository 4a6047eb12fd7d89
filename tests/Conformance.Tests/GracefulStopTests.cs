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
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { BatchInterval = TimeSpan.FromMilliseconds(100) } });
        var input = test.AddSource<int>();
        var sum = 0L;
        input.Stream.Count().ForeachRdd(rdd => sum += rdd.First());
        test.Start();

        var given = 0;
        for (var batch = 0; batch < batchesBefore; batch++)
        {
            Give();
            await test.AdvanceAsync();
            Give();
        }

        Give();
        await test.StopAsync();

        Assert.Equal(given, sum);
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
        test.Streaming.AwaitTermination();

        void Give()
        {
            for (var record = 0; record < 10; record++)
            {
                input.Add(given++);
            }
        }
    }

    [Fact]
    public async Task FastProducer_LosesNothing()
    {
        await using var test = new StreamingTest();
        var channel = Channel.CreateUnbounded<int>();
        var sum = 0L;
        test.Streaming.ChannelStream(channel.Reader).Count().ForeachRdd(rdd => sum += rdd.First());
        test.Start();
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

        await test.AdvanceAsync(20);
        await stop.CancelAsync();
        await writing;
        channel.Writer.Complete();
        await test.StopAsync();

        Assert.Equal(written, sum);
    }

    [Fact]
    public async Task RecordsThatArriveDuringTheStopAreCounted()
    {
        await using var test = new StreamingTest();
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
        input.AddTo(test.Streaming).ForeachRdd(rdd => count += rdd.Count());
        test.Start();

        await test.StopAsync();

        Assert.Equal(15, count);
    }

    [Fact]
    public async Task StopRightAfterStart_NeedsNoBatch_WhenNothingWasReceived()
    {
        await using var test = new StreamingTest();
        var batches = 0;
        test.AddSource<int>().Stream.ForeachRdd(_ => batches++);
        test.Start();

        await test.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);

        Assert.Equal(0, batches);
    }

    [Fact]
    public async Task NoBatchIsMadeAfterTheStop()
    {
        await using var test = new StreamingTest();
        var stopped = false;
        var input = new GivenInput<int> { OnAllocate = _ => Assert.False(stopped) };
        input.AddTo(test.Streaming).Print();
        test.Start();
        input.Give(1);
        await test.StopAsync();
        stopped = true;

        test.Time.Advance(TimeSpan.FromDays(1));

        test.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task FinalBatch_KeepsItsPlaceOnTheGrid()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        var times = new List<BatchTime>();
        input.Stream.ForeachRdd((_, time) => times.Add(time));
        test.Start();
        await test.AdvanceAsync();
        test.Time.Advance(TimeSpan.FromMilliseconds(300));
        input.Add(1);

        await test.StopAsync();

        Assert.Equal([test.BatchTimeOf(1), test.BatchTimeOf(2)], times);
    }

    [Fact]
    public async Task TimeOut_DropsTheRestWithAWarning()
    {
        var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { GracefulStopTimeout = TimeSpan.FromMilliseconds(500) }, LoggerFactory = log });
        var input = test.AddSource<int>();
        var batches = 0;
        input.Stream.ForeachRdd(_ => batches++);
        test.Start();
        input.Add(1);

        var stopping = test.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        await test.Streaming.Run!.Drain.WaitsForClockAsync();
        test.Time.Advance(TimeSpan.FromMilliseconds(500));
        await stopping;

        Assert.Equal(0, batches);
        Assert.Single(log.Warnings, line => line.Contains("GracefulStopTimeout", StringComparison.Ordinal));
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
    }

    [Fact]
    public async Task TimeOut_AppliesToInputsThatDoNotStop()
    {
        var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        var asked = new TaskCompletionSource();
        var input = new GivenInput<int>
        {
            OnStop = async graceful =>
            {
                asked.TrySetResult();
                await (graceful ? new TaskCompletionSource().Task : Task.CompletedTask);
            },
        };
        input.AddTo(test.Streaming).Print();
        test.Start();

        var stopping = test.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        await asked.Task;
        test.Time.Advance(TimeSpan.FromSeconds(10));
        await stopping;

        Assert.Single(log.Warnings, line => line.Contains("Given stream [0] did not stop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecondStop_CutsAGracefulOneShort()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        input.Stream.Print();
        test.Start();
        input.Add(1);
        var stopping = test.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        await test.Streaming.Run!.Drain.WaitsForClockAsync();
        Assert.Equal(StreamingContextState.Active, test.Streaming.State);

        await test.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        await stopping;
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
    }

    [Fact]
    public async Task Stop_GoesTheWayOfARecord_InputsThenBatchesThenListeners()
    {
        await using var test = new StreamingTest();
        var events = new RecordedEvents();
        test.Streaming.AddListener(events);
        var input = test.AddSource<int>();
        input.Stream.Print();
        test.Start();
        input.Add(1);

        await test.StopAsync();

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
