namespace CodegenStreaming.Tests.Execution;

/// <summary>How many tasks run at once, on which threads, and that each runs once.</summary>
public sealed class TaskThreadsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(3, 4)]
    public void NoMoreTasksRunAtOnce_ThanThereAreThreads(int threads, int drivers)
    {
        using var engine = new TestEngine(threads);
        var (running, most) = (0, 0);
        var partitions = Enumerable.Range(0, 20).Select(number => new[] { number }).ToArray();
        InParallel(drivers, _ =>
        {
            using var scope = engine.NewScope();
            engine.Given(scope, partitions).Foreach(_ =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMaximum(ref most, now);
                Thread.Yield();
                Interlocked.Decrement(ref running);
            });
        });

        Assert.InRange(most, 1, threads);
    }

    [Fact]
    public void AllThreadsTakePart_WhereTasksWaitForEachOther()
    {
        const int threads = 4;
        using var engine = new TestEngine(threads);
        using var all = new Barrier(threads);
        engine.Batch(scope => engine.Given(scope, [1], [2], [3], [4]).Foreach(_ => all.SignalAndWait(TestContext.Current.CancellationToken)));
        Assert.Equal(1, all.CurrentPhaseNumber);
    }

    [Fact]
    public void EveryTaskRunsOnce_WithManyStagesAtOnce()
    {
        using var engine = new TestEngine(threads: 3);
        var seed = Random.Shared.Next();
        InParallel(4, driver =>
        {
            var random = new Random(seed + driver);
            for (var stage = 0; stage < 200; stage++)
            {
                var partitions = Enumerable.Range(0, random.Next(0, 12)).Select(_ => Enumerable.Range(0, random.Next(0, 5)).ToArray()).ToArray();
                using var scope = engine.NewScope();
                var collected = engine.Given(scope, partitions).Map(value => value).Collect();
                Assert.True(partitions.SelectMany(partition => partition).SequenceEqual(collected), $"seed {seed}");
            }
        });
    }

    [Fact]
    public void TheThreadThatStartsAStage_RunsItsOnlyTask()
    {
        using var engine = new TestEngine(threads: 2);
        Thread? thread = null;
        engine.Batch(scope => engine.Given(scope, [1]).Foreach(_ => thread = Thread.CurrentThread));
        Assert.Same(Thread.CurrentThread, thread);
    }

    [Fact]
    public void AStageIsRefused_AfterTheThreadsWereEnded()
    {
        var engine = new TestEngine(threads: 2);
        using var scope = engine.NewScope();
        var (one, three) = (engine.Given(scope, [1]), engine.Given(scope, [1], [2], [3]));
        engine.Dispose();

        foreach (var rdd in new[] { one, three })
        {
            Assert.Contains("was stopped", Assert.Throws<OperationCanceledException>(() => rdd.Count()).Message, StringComparison.Ordinal);
        }
    }

    private static void InParallel(int count, Action<int> body)
    {
        var failures = new Exception?[count];
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() => failures[number] = Record.Exception(() => body(number)))).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
    }

    private static void InterlockedMaximum(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); known < value;)
        {
            known = Interlocked.CompareExchange(ref most, value, known);
        }
    }
}
