using System.Collections.Concurrent;

namespace CodegenStreaming.Conformance;

public sealed class BatchTests
{
    [Fact]
    public async Task Batches_RunStrictlyOneAfterAnother_WithOneJobThread()
    {
        await using var test = new StreamingTest();
        var running = 0;
        var order = new List<(BatchTime, int)>();
        var numbers = test.AddSource<int>().Stream;
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

        test.Start();
        test.Time.Advance(TimeSpan.FromSeconds(4));
        await test.AdvanceAsync();

        Assert.Equal(Enumerable.Range(1, 5).SelectMany(batch => Enumerable.Range(0, 3).Select(id => (test.BatchTimeOf(batch), id))), order);
        Assert.Null(await Record.ExceptionAsync(() => test.Streaming.AwaitTerminationOrTimeoutAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task OutputsAndBatches_Overlap_WithSeveralJobThreads()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { ConcurrentJobs = 4 } });
        using var together = new Barrier(4);
        var numbers = test.AddSource<int>().Stream;
        numbers.ForeachRdd(_ => together.SignalAndWait(TestContext.Current.CancellationToken));
        numbers.ForeachRdd(_ => together.SignalAndWait(TestContext.Current.CancellationToken));
        test.Start();

        test.Time.Advance(TimeSpan.FromSeconds(1));
        await test.AdvanceAsync();

        Assert.Equal(1, together.CurrentPhaseNumber);
    }

    [Fact]
    public async Task Statement68_SharedStream_IsComputedOncePerBatch_WhateverItsReaders()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { ConcurrentJobs = 3 } });
        var input = test.AddSource<int>();
        var calls = new ConcurrentBag<int>();
        var doubled = input.Stream.Map(number =>
        {
            calls.Add(number);
            return 2 * number;
        });
        var sums = new ConcurrentBag<int>();
        for (var reader = 0; reader < 3; reader++)
        {
            doubled.ForeachRdd(rdd => sums.Add(rdd.Collect().Sum()));
        }

        test.Start();
        input.Add(1, 2, 3);
        await test.AdvanceAsync();

        Assert.Equal(3, calls.Count);
        Assert.Equal([12, 12, 12], sums);
    }

    [Fact]
    public async Task EveryBatchTime_HasItsBatch_WhenTheClockJumps()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        var counts = new List<(BatchTime Time, long Count)>();
        input.Stream.ForeachRdd((rdd, time) => counts.Add((time, rdd.Count())));
        test.Start();
        input.Add(1, 2);

        test.Time.Jump(TimeSpan.FromSeconds(9));
        await test.AdvanceAsync();

        Assert.Equal(Enumerable.Range(1, 10).Select(test.BatchTimeOf), counts.Select(batch => batch.Time));
        Assert.Equal(2, counts[0].Count);
        Assert.Equal(2, counts.Sum(batch => batch.Count));
    }

    [Fact]
    public async Task DaysOfEmptyBatches_PassInOrder()
    {
        await using var test = new StreamingTest();
        var batches = 0;
        test.AddSource<int>().Stream.ForeachRdd(_ => batches++);
        test.Start();

        test.Time.Jump(TimeSpan.FromHours(6));
        await test.AdvanceAsync();

        Assert.Equal((6 * 3600) + 1, batches);
    }

    [Fact]
    public async Task Memory_GoesBackToThePool_AfterEachBatch()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<string>();
        var words = input.Stream.FlatMap(line => line.Split(' '));
        words.Map(word => (word, 1)).ReduceByKey((a, b) => a + b).Print();
        words.Repartition(3).ForeachRdd(rdd => rdd.Map(word => word.Length).Collect());
        test.Start();
        for (var batch = 0; batch < 5; batch++)
        {
            input.Add("a b c a", "c d");
            input.Add("e f");
            await test.AdvanceAsync();
            Assert.Equal(0, test.Streaming.Engine.Pool.Outstanding);
        }
    }

    [Fact]
    public async Task DataSet_CannotBeUsed_AfterItsBatch()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        Rdd<int>? kept = null;
        input.Stream.ForeachRdd(rdd => kept = rdd);
        test.Start();
        input.Add(1);
        await test.AdvanceAsync();

        Assert.Throws<ObjectDisposedException>(() => kept!.Count());
    }

    [Fact]
    public async Task FailedTask_IsTriedAgain_AsOftenAsAllowed()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { MaxTaskFailures = 3 } });
        var input = test.AddSource<int>();
        var attempts = 0;
        var results = new List<int[]>();
        input.Stream
            .Map(number => Interlocked.Increment(ref attempts) < 3 ? throw new IOException("flaky") : number)
            .ForeachRdd(rdd => results.Add(rdd.Collect()));
        test.Start();

        input.Add(7);
        await test.AdvanceAsync();

        Assert.Equal([7], Assert.Single(results));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task CleanupThatFails_IsLogged_AndKeepsNobodyFromHis()
    {
        using var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        var input = new GivenInput<int> { OnDispose = () => throw new FormatException("cleanup"), ReservedPerRecord = 8 };
        var batches = 0;
        input.AddTo(test.Streaming).ForeachRdd(_ => batches++);
        test.Start();
        await input.Services!.Memory.ReserveAsync(8, TestContext.Current.CancellationToken);
        input.Give(1);

        await test.AdvanceAsync(2);

        Assert.Equal(2, batches);
        Assert.Equal(0, input.Services.Memory.Used);
        Assert.Equal(2, log.Lines.Count(line => line.Exception?.Message == "cleanup"));
    }
}
