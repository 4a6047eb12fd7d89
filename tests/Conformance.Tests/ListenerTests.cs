namespace CodegenStreaming.Conformance;

public sealed class ListenerTests
{
    private readonly RecordedEvents _events = new();

    [Fact]
    public async Task EachBatch_IsSubmittedStartedAndCompleted_WithItsRecords()
    {
        await using var stream = Defined(out var input, _ => { });
        stream.Streaming.Start();
        for (var batch = 0; batch < 4; batch++)
        {
            input.Give(batch);
            await stream.AdvanceAsync();
        }

        foreach (var name in new[] { "BatchSubmitted", "BatchStarted", "BatchCompleted" })
        {
            var batches = _events.Of<BatchInfo>(name);
            Assert.Equal(Enumerable.Range(1, 4).Select(stream.BatchTimeOf), batches.Select(batch => batch.BatchTime));
            Assert.All(batches, batch =>
            {
                Assert.Equal(1, batch.NumRecords);
                Assert.Equal(new StreamInputInfo(0, "Given stream [0]", 1, 1), Assert.Single(batch.Inputs));
            });
        }
    }

    [Fact]
    public async Task Delays_AreKnown_AsTheBatchGoesOn()
    {
        await using var stream = new VirtualStream();
        stream.Streaming.AddListener(_events);
        new GivenInput<int>().AddTo(stream.Streaming).ForeachRdd(_ => stream.Time.Advance(TimeSpan.FromMilliseconds(10)));
        stream.Streaming.Start();
        await stream.AdvanceAsync();

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
        await using var stream = Defined(out _, _ => { });
        stream.Streaming.Start();
        await stream.AdvanceAsync(5);

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
        await using var stream = new VirtualStream();
        stream.Streaming.AddListener(_events);
        var input = new GivenInput<int>();
        var numbers = input.AddTo(stream.Streaming);
        numbers.Print();
        numbers.ForeachRdd(_ => { }).Named("nothing");
        stream.Streaming.Start();
        await stream.AdvanceAsync();
        await stream.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);

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
        await using var stream = Defined(out var input, _ => { });
        stream.Streaming.Start();
        var error = new IOException("cable");
        input.Services!.Receivers.ReceiverError(new ReceiverInfo(input.StreamId, input.DisplayName, true, "lost the connection", error));
        stream.Streaming.Stop();

        Assert.Equal(new ReceiverInfo(0, "Given stream [0]", true), Assert.Single(_events.Of<ReceiverInfo>("ReceiverStarted")));
        var failed = Assert.Single(_events.Of<ReceiverInfo>("ReceiverError"));
        Assert.Equal(("lost the connection", error), (failed.LastErrorMessage, failed.LastError));
        Assert.Equal(0, Assert.Single(_events.Of<ReceiverInfo>("ReceiverStopped")).StreamId);
    }

    [Fact]
    public async Task FailureReasons_AreToldForEachOutput_AndTheBatchCompletes()
    {
        await using var stream = new VirtualStream();
        stream.Streaming.AddListener(_events);
        var numbers = new GivenInput<int>().AddTo(stream.Streaming);
        numbers.ForeachRdd(_ => throw new FormatException("the first"));
        numbers.ForeachRdd(_ => throw new FormatException("the second"));
        numbers.Print();
        stream.Streaming.Start();
        await stream.AdvanceAsync();

        var outputs = Assert.Single(_events.Of<BatchInfo>("BatchCompleted")).OutputOperations;
        Assert.Contains("the first", outputs[0].FailureReason, StringComparison.Ordinal);
        Assert.Contains("the second", outputs[1].FailureReason, StringComparison.Ordinal);
        Assert.Null(outputs[2].FailureReason);
        Assert.Equal(outputs, _events.Of<OutputOperationInfo>("OutputOperationCompleted"));
    }

    [Fact]
    public async Task Listener_HearsNothingAfterStop()
    {
        await using var stream = Defined(out var input, _ => { });
        stream.Streaming.Start();
        stream.Streaming.Stop();
        var heard = _events.Names.Count;

        input.Services!.Receivers.ReceiverError(new ReceiverInfo(0, "late", false));
        await stream.Streaming.Run!.FlushListenersAsync();

        Assert.Equal(heard, _events.Names.Count);
    }

    [Fact]
    public async Task Listener_MayBeAddedWhileRunning()
    {
        await using var stream = new VirtualStream();
        new GivenInput<int>().AddTo(stream.Streaming).Print();
        stream.Streaming.Start();
        await stream.AdvanceAsync();

        stream.Streaming.AddListener(_events);
        await stream.AdvanceAsync();

        Assert.Equal(stream.BatchTimeOf(2), Assert.Single(_events.Of<BatchInfo>("BatchCompleted")).BatchTime);
    }

    [Fact]
    public async Task ListenerThatThrows_IsLogged_AndHarmsNobody()
    {
        var log = new RecordedLog();
        await using var stream = new VirtualStream(loggerFactory: log);
        stream.Streaming.AddListener(new OnCompleted(() => throw new FormatException("listener")));
        stream.Streaming.AddListener(_events);
        new GivenInput<int>().AddTo(stream.Streaming).Print();
        stream.Streaming.Start();

        await stream.AdvanceAsync(2);

        Assert.Equal(2, _events.Of<BatchInfo>("BatchCompleted").Count);
        Assert.Equal(2, log.Errors.Count(line => line.Contains("OnCompleted threw", StringComparison.Ordinal)));
        stream.Streaming.Stop();
        stream.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task Stop_IsRefused_InsideAListener()
    {
        await using var stream = new VirtualStream();
        Exception? refusal = null;
        stream.Streaming.AddListener(new OnCompleted(() => refusal = Record.Exception(() => stream.Streaming.Stop())));
        new GivenInput<int>().AddTo(stream.Streaming).Print();
        stream.Streaming.Start();

        await stream.AdvanceAsync();

        Assert.IsType<CalledInsideBatchException>(refusal);
        stream.Streaming.Stop();
    }

    private VirtualStream Defined(out GivenInput<int> input, Action<int[]> process)
    {
        var stream = new VirtualStream();
        stream.Streaming.AddListener(_events);
        input = new GivenInput<int>();
        input.AddTo(stream.Streaming).ForeachRdd(rdd => process(rdd.Collect()));
        return stream;
    }

    private sealed class OnCompleted(Action action) : IStreamingListener
    {
        public void OnBatchCompleted(BatchInfo batch) => action();
    }
}
