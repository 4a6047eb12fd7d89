using System.Collections.Concurrent;

namespace CodegenStreaming.Conformance;

public sealed class BatchTests
{
    [Fact]
    public async Task Batches_RunStrictlyOneAfterAnother_WithOneJobThread()
    {
        await using var stream = new VirtualStream();
        var running = 0;
        var order = new List<(BatchTime, int)>();
        var numbers = new GivenInput<int>().AddTo(stream.Streaming);
        for (var output = 0; output < 3; output++)
        {
            var id = output;
            numbers.ForeachRdd((_, time) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                order.Add((time, id));
                Thread.Yield();
                Interlocked.Decrement(ref running);
            });
        }

        stream.Streaming.Start();
        stream.Time.Advance(TimeSpan.FromSeconds(4));
        await stream.AdvanceAsync();

        Assert.Equal(Enumerable.Range(1, 5).SelectMany(batch => Enumerable.Range(0, 3).Select(id => (stream.BatchTimeOf(batch), id))), order);
        Assert.Null(await Record.ExceptionAsync(() => stream.Streaming.AwaitTerminationOrTimeoutAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task OutputsAndBatches_Overlap_WithSeveralJobThreads()
    {
        await using var stream = new VirtualStream(options => options.ConcurrentJobs = 4);
        using var together = new Barrier(4);
        var numbers = new GivenInput<int>().AddTo(stream.Streaming);
        numbers.ForeachRdd(_ => together.SignalAndWait(TestContext.Current.CancellationToken));
        numbers.ForeachRdd(_ => together.SignalAndWait(TestContext.Current.CancellationToken));
        stream.Streaming.Start();

        stream.Time.Advance(TimeSpan.FromSeconds(1));
        await stream.AdvanceAsync();

        Assert.Equal(1, together.CurrentPhaseNumber);
    }

    [Fact]
    public async Task SharedStream_IsComputedOncePerBatch_WhateverItsReaders()
    {
        await using var stream = new VirtualStream(options => options.ConcurrentJobs = 3);
        var input = new GivenInput<int>();
        var calls = new ConcurrentBag<int>();
        var doubled = input.AddTo(stream.Streaming).Map(number =>
        {
            calls.Add(number);
            return 2 * number;
        });
        var sums = new ConcurrentBag<int>();
        for (var reader = 0; reader < 3; reader++)
        {
            doubled.ForeachRdd(rdd => sums.Add(rdd.Collect().Sum()));
        }

        stream.Streaming.Start();
        input.Give(1, 2, 3);
        await stream.AdvanceAsync();

        Assert.Equal(3, calls.Count);
        Assert.Equal([12, 12, 12], sums);
    }

    [Fact]
    public async Task EveryBatchTime_HasItsBatch_WhenTheClockJumps()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        var counts = new List<(BatchTime Time, long Count)>();
        input.AddTo(stream.Streaming).ForeachRdd((rdd, time) => counts.Add((time, rdd.Count())));
        stream.Streaming.Start();
        input.Give(1, 2);

        stream.Time.Advance(TimeSpan.FromSeconds(9));
        await stream.AdvanceAsync();

        Assert.Equal(Enumerable.Range(1, 10).Select(stream.BatchTimeOf), counts.Select(batch => batch.Time));
        Assert.Equal(2, counts[0].Count);
        Assert.Equal(2, counts.Sum(batch => batch.Count));
    }

    [Fact]
    public async Task DaysOfEmptyBatches_PassInOrder()
    {
        await using var stream = new VirtualStream();
        var batches = 0;
        new GivenInput<int>().AddTo(stream.Streaming).ForeachRdd(_ => batches++);
        stream.Streaming.Start();

        stream.Time.Advance(TimeSpan.FromHours(6));
        await stream.AdvanceAsync();

        Assert.Equal((6 * 3600) + 1, batches);
    }

    [Fact]
    public async Task Memory_GoesBackToThePool_AfterEachBatch()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<string>();
        var words = input.AddTo(stream.Streaming).FlatMap(line => line.Split(' '));
        words.Map(word => (word, 1)).ReduceByKey((a, b) => a + b).Print();
        words.Repartition(3).ForeachRdd(rdd => rdd.Map(word => word.Length).Collect());
        stream.Streaming.Start();
        for (var batch = 0; batch < 5; batch++)
        {
            input.Give("a b c a", "c d");
            input.Give("e f");
            await stream.AdvanceAsync();
            Assert.Equal(0, stream.Streaming.Engine.Pool.Outstanding);
        }
    }

    [Fact]
    public async Task DataSet_CannotBeUsed_AfterItsBatch()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        Rdd<int>? kept = null;
        input.AddTo(stream.Streaming).ForeachRdd(rdd => kept = rdd);
        stream.Streaming.Start();
        input.Give(1);
        await stream.AdvanceAsync();

        Assert.Throws<ObjectDisposedException>(() => kept!.Count());
    }

    [Fact]
    public async Task FailedTask_IsTriedAgain_AsOftenAsAllowed()
    {
        await using var stream = new VirtualStream(options => options.MaxTaskFailures = 3);
        var input = new GivenInput<int>();
        var attempts = 0;
        var results = new List<int[]>();
        input.AddTo(stream.Streaming)
            .Map(number => Interlocked.Increment(ref attempts) < 3 ? throw new IOException("flaky") : number)
            .ForeachRdd(rdd => results.Add(rdd.Collect()));
        stream.Streaming.Start();

        input.Give(7);
        await stream.AdvanceAsync();

        Assert.Equal([7], Assert.Single(results));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task CleanupThatFails_IsLogged_AndKeepsNobodyFromHis()
    {
        using var log = new RecordedLog();
        await using var stream = new VirtualStream(loggerFactory: log);
        var input = new GivenInput<int> { OnDispose = () => throw new FormatException("cleanup"), ReservedPerRecord = 8 };
        var batches = 0;
        input.AddTo(stream.Streaming).ForeachRdd(_ => batches++);
        stream.Streaming.Start();
        await input.Services!.Memory.ReserveAsync(8, TestContext.Current.CancellationToken);
        input.Give(1);

        await stream.AdvanceAsync(2);

        Assert.Equal(2, batches);
        Assert.Equal(0, input.Services.Memory.Used);
        Assert.Equal(2, log.Lines.Count(line => line.Exception?.Message == "cleanup"));
    }
}
