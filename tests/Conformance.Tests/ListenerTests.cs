namespace CodegenStreaming.Conformance;

public sealed class ListenerTests
{
    private readonly RecordedEvents _events = new();

    [Fact]
    public async Task EachBatch_IsSubmittedStartedAndCompleted_WithItsRecords()
    {
        await using var test = Defined(out var input, _ => { });
        test.Start();
        for (var batch = 0; batch < 4; batch++)
        {
            input.Add(batch);
            await test.AdvanceAsync();
        }

        foreach (var name in new[] { "BatchSubmitted", "BatchStarted", "BatchCompleted" })
        {
            var batches = _events.Of<BatchInfo>(name);
            Assert.Equal(Enumerable.Range(1, 4).Select(test.BatchTimeOf), batches.Select(batch => batch.BatchTime));
            Assert.All(batches, batch =>
            {
                Assert.Equal(1, batch.NumRecords);
                Assert.Equal(new StreamInputInfo(0, "Queue stream [0]", 1, 1), Assert.Single(batch.Inputs));
            });
        }
    }

    [Fact]
    public async Task Delays_AreKnown_AsTheBatchGoesOn()
    {
        await using var test = new StreamingTest();
        test.Streaming.AddListener(_events);
        test.AddSource<int>().Stream.ForeachRdd(_ => test.Time.Advance(TimeSpan.FromMilliseconds(10)));
        test.Start();
        await test.AdvanceAsync();

        var submitted = Assert.Single(_events.Of<BatchInfo>("BatchSubmitted"));
        Assert.Null(submitted.SchedulingDelay);
        Assert.Null(submitted.ProcessingDelay);
        Assert.Null(submitted.TotalDelay);
        var started = Assert.Single(_events.Of<BatchInfo>("BatchStarted"));
        Assert.Equal(TimeSpan.Zero, started.SchedulingDelay);
        Assert.Null(started.ProcessingDelay);
        Assert.Null(started.TotalDelay);
        var completed = Assert.Single(_events.Of<BatchInfo>("BatchCompleted"));
        Assert.Equal(TimeSpan.Zero, completed.SchedulingDelay);
        Assert.Equal(TimeSpan.FromMilliseconds(10), completed.ProcessingDelay);
        Assert.Equal(completed.SchedulingDelay + completed.ProcessingDelay, completed.TotalDelay);
    }

    [Fact]
    public async Task Times_NeverDecreaseOverBatches()
    {
        await using var test = Defined(out _, _ => { });
        test.Start();
        await test.AdvanceAsync(5);

        var batches = _events.Of<BatchInfo>("BatchCompleted");
        Assert.Equal(5, batches.Count);
        foreach (var times in new Func<BatchInfo, DateTimeOffset?>[] { b => b.SubmissionTime, b => b.ProcessingStartTime, b => b.ProcessingEndTime })
        {
            Assert.Equal(batches.Select(times).Order(), batches.Select(times));
        }
    }

    [Fact]
    public async Task Events_ComeInTheirOrder()
    {
        await using var test = new StreamingTest();
        test.Streaming.AddListener(_events);
        var input = test.AddSource<int>();
        var numbers = input.Stream;
        numbers.Print();
        numbers.ForeachRdd(_ => { }).Named("nothing");
        test.Start();
        await test.AdvanceAsync();
        await test.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "StreamingStarted", "ReceiverStarted",
                "BatchSubmitted", "BatchStarted",
                "OutputOperationStarted", "OutputOperationCompleted", "OutputOperationStarted", "OutputOperationCompleted",
                "BatchCompleted", "ReceiverStopped",
            ],
            _events.Names);
        Assert.Equal([(0, "Print"), (1, "nothing")], _events.Of<OutputOperationInfo>("OutputOperationCompleted").Select(output => (output.Id, output.Name)));
        Assert.Equal("test", Assert.Single(_events.Of<StreamingStarted>("StreamingStarted")).AppName);
    }

    [Fact]
    public async Task ReceiverEvents_TellStreamAndError()
    {
        await using var test = new StreamingTest();
        test.Streaming.AddListener(_events);
        var input = new GivenInput<int>();
        input.AddTo(test.Streaming).Print();
        test.Start();
        var error = new IOException("cable");
        input.Services!.Receivers.ReceiverError(new ReceiverInfo(input.StreamId, input.DisplayName, true, "lost the connection", error));
        test.Streaming.Stop();

        Assert.Equal(new ReceiverInfo(0, "Given stream [0]", true), Assert.Single(_events.Of<ReceiverInfo>("ReceiverStarted")));
        var failed = Assert.Single(_events.Of<ReceiverInfo>("ReceiverError"));
        Assert.Equal(("lost the connection", error), (failed.LastErrorMessage, failed.LastError));
        Assert.Equal(0, Assert.Single(_events.Of<ReceiverInfo>("ReceiverStopped")).StreamId);
    }

    [Fact]
    public async Task FailureReasons_AreToldForEachOutput_AndTheBatchCompletes()
    {
        await using var test = new StreamingTest();
        test.Streaming.AddListener(_events);
        var numbers = test.AddSource<int>().Stream;
        numbers.ForeachRdd(_ => throw new FormatException("the first"));
        numbers.ForeachRdd(_ => throw new FormatException("the second"));
        numbers.Print();
        await test.ExpectFailureAsync("ForeachRdd");

        var outputs = Assert.Single(_events.Of<BatchInfo>("BatchCompleted")).OutputOperations;
        Assert.Contains("the first", outputs[0].FailureReason, StringComparison.Ordinal);
        Assert.Contains("the second", outputs[1].FailureReason, StringComparison.Ordinal);
        Assert.Null(outputs[2].FailureReason);
        Assert.Equal(outputs, _events.Of<OutputOperationInfo>("OutputOperationCompleted"));
    }

    [Fact]
    public async Task Listener_HearsNothingAfterStop()
    {
        await using var test = new StreamingTest();
        test.Streaming.AddListener(_events);
        var input = new GivenInput<int>();
        input.AddTo(test.Streaming).Print();
        test.Start();
        test.Streaming.Stop();
        var heard = _events.Names.Count;

        input.Services!.Receivers.ReceiverError(new ReceiverInfo(0, "late", false));
        await test.Streaming.Run!.FlushListenersAsync();

        Assert.Equal(heard, _events.Names.Count);
    }

    [Fact]
    public async Task Listener_MayBeAddedWhileRunning()
    {
        await using var test = new StreamingTest();
        test.AddSource<int>().Stream.Print();
        test.Start();
        await test.AdvanceAsync();

        test.Streaming.AddListener(_events);
        await test.AdvanceAsync();

        Assert.Equal(test.BatchTimeOf(2), Assert.Single(_events.Of<BatchInfo>("BatchCompleted")).BatchTime);
    }

    [Fact]
    public async Task ListenerThatThrows_IsLogged_AndHarmsNobody()
    {
        var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        test.Streaming.AddListener(new OnCompleted(() => throw new FormatException("listener")));
        test.Streaming.AddListener(_events);
        test.AddSource<int>().Stream.Print();
        test.Start();

        await test.AdvanceAsync(2);

        Assert.Equal(2, _events.Of<BatchInfo>("BatchCompleted").Count);
        Assert.Equal(2, log.Errors.Count(line => line.Contains("OnCompleted threw", StringComparison.Ordinal)));
        test.Streaming.Stop();
        test.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task Stop_IsRefused_InsideAListener()
    {
        await using var test = new StreamingTest();
        Exception? refusal = null;
        test.Streaming.AddListener(new OnCompleted(() => refusal = Record.Exception(() => test.Streaming.Stop())));
        test.AddSource<int>().Stream.Print();
        test.Start();

        await test.AdvanceAsync();

        Assert.IsType<CalledInsideBatchException>(refusal);
        test.Streaming.Stop();
    }

    private StreamingTest Defined(out TestSource<int> input, Action<int[]> process)
    {
        var test = new StreamingTest();
        test.Streaming.AddListener(_events);
        input = test.AddSource<int>();
        input.Stream.ForeachRdd(rdd => process(rdd.Collect()));
        return test;
    }

    private sealed class OnCompleted(Action action) : IStreamingListener
    {
        public void OnBatchCompleted(BatchInfo batch) => action();
    }
}
