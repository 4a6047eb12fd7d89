using System.Collections.Concurrent;

namespace CodegenStreaming.TestKit.Tests;

/// <summary>A test that keeps checkpoints is stopped, killed and restarted as a program is.</summary>
public sealed class CheckpointTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task State_GoesOn_AfterAStopAndAfterACrash(bool crashes)
    {
        await using var test = new StreamingTest(() => new RunningCounts(), new StreamingTestOptions { KeepsCheckpoints = true });
        var (words, counts) = (test.Source<string>(), test.Capture<(string, int)>("counts"));
        words.Add("a", "b");
        await test.AdvanceAsync();
        words.Add("a");
        await test.AdvanceAsync();
        counts.Expect(("a", 2), ("b", 1));

        await (crashes ? test.CrashAsync() : test.StopAsync());
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
        await test.RestartAsync();

        Assert.True(test.Streaming.IsRestored);
        words.Add("c");
        await test.AdvanceAsync();
        counts.Expect(("a", 2), ("b", 1), ("c", 1));
    }

    [Fact]
    public async Task WithoutCheckpoints_ARestartBeginsAnew()
    {
        await using var test = new StreamingTest(() => new RunningCounts());
        var (words, counts) = (test.Source<string>(), test.Capture<(string, int)>("counts"));
        words.Add("a");
        await test.AdvanceAsync();
        await test.CrashAsync();
        await test.RestartAsync();

        words.Add("c");
        await test.AdvanceAsync();

        Assert.False(test.Streaming.IsRestored);
        counts.Expect(("c", 1));
    }

    [Fact]
    public async Task LastBatch_IsRunAgain_FromTheStatesBeforeIt_AfterACrash_AndNotAfterAStop()
    {
        await using var test = new StreamingTest(
            () => new RunningCounts(), new StreamingTestOptions { KeepsCheckpoints = true, Streaming = { CheckpointInterval = TimeSpan.FromSeconds(3) } });
        var (words, counts) = (test.Source<string>(), test.Capture<(string, int)>("counts"));
        for (var batch = 1; batch <= 5; batch++)
        {
            words.Add("a");
            await test.AdvanceAsync();
        }

        await test.CrashAsync();
        await test.RestartAsync();

        counts.Expect(("a", 5));
        Assert.Equal([1, 2, 3, 4, 5, 5], counts.Batches.Select(batch => batch.Number));
        await test.StopAsync();
        await test.RestartAsync();
        words.Add("a");
        await test.AdvanceAsync();
        counts.Expect(("a", 6));
        Assert.Equal([1, 2, 3, 4, 5, 5, 6], counts.Batches.Select(batch => batch.Number));
    }

    [Fact]
    public async Task WhatNoBatchHasGot_ComesAfterwards_FromASourceThatIsReadAgain()
    {
        await using var test = new StreamingTest(() => new RunningCounts(), new StreamingTestOptions { KeepsCheckpoints = true });
        var (words, counts) = (test.Source<string>(), test.Capture<(string, int)>("counts"));
        words.Add("a");
        await test.AdvanceAsync();
        words.Add("b");

        await test.RestartAsync();

        await test.AdvanceAsync();
        counts.Expect(("a", 1), ("b", 1));
    }

    [Fact]
    public async Task BatchUnderWay_WhenTheProcessIsKilled_IsRunAgain()
    {
        var (entered, goesOn) = (
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var seen = new ConcurrentQueue<string>();
        await using var test = new StreamingTest(
            streaming =>
            {
                var counts = streaming.TextFileStream("/no/such/directory").Map(word => (word, 1)).UpdateStateByKey((IReadOnlyList<int> values, Option<int> sum) => new Option<int>(values.Sum() + sum.GetValueOrDefault()));
                counts.ForeachRdd(rdd =>
                {
                    seen.Enqueue(string.Join(' ', rdd.Collect().Order()));
                    if (seen.Count == 2)
                    {
                        entered.SetResult();
                        goesOn.Task.Wait(TestContext.Current.CancellationToken);
                    }
                });
            },
            new StreamingTestOptions { KeepsCheckpoints = true });
        var words = test.Source<string>();
        words.Add("a");
        await test.AdvanceAsync();
        words.Add("b");
        var step = test.AdvanceAsync();
        await entered.Task;
        var crash = test.CrashAsync();
        goesOn.SetResult();
        await step;
        await crash;

        await test.RestartAsync();

        Assert.Equal(["(a, 1)", "(a, 1) (b, 1)", "(a, 1) (b, 1)"], seen);
        words.Add("a");
        await test.AdvanceAsync();
        Assert.Equal("(a, 2) (b, 1)", seen.Last());
    }

    [Fact]
    public async Task MappedState_TimesOut_OfWhatWasSaved()
    {
        await using var test = new StreamingTest(() => new Sessions(), new StreamingTestOptions { KeepsCheckpoints = true });
        var (users, ended) = (test.Source<string>(), test.Capture<string>("ended"));
        users.Add("ann", "ben");
        await test.AdvanceAsync();
        users.Add("ben");
        await test.AdvanceAsync();
        await test.CrashAsync();
        test.Time.Advance(TimeSpan.FromSeconds(4));
        await test.RestartAsync();
        Assert.DoesNotContain(ended.Batches, batch => batch.Records.Count > 0);

        await test.AdvanceAsync();
        ended.Expect("ann: 1");
        await test.AdvanceAsync();
        ended.Expect("ben: 2");
    }

    [Fact]
    public async Task Window_HoldsTheBatchesBeforeTheCrash()
    {
        await using var test = new StreamingTest(() => new LatestWords(), new StreamingTestOptions { KeepsCheckpoints = true });
        var (words, latest, counts) = (test.Source<string>(), test.Capture<string>("latest"), test.Capture<(string, int)>("counts"));
        words.Add("a");
        await test.AdvanceAsync();
        words.Add("b");
        await test.AdvanceAsync();

        await test.CrashAsync();
        await test.RestartAsync();

        words.Add("c");
        await test.AdvanceAsync();
        latest.Expect("a", "b", "c");
        counts.Expect(("a", 1), ("b", 1), ("c", 1));
        words.Add("c");
        await test.AdvanceAsync();
        latest.Expect("b", "c", "c");
        counts.Expect(("b", 1), ("c", 2));
    }

    [Fact]
    public async Task MissedTimes_HaveTheirBatches()
    {
        await using var test = new StreamingTest(() => new RunningCounts(), new StreamingTestOptions { KeepsCheckpoints = true });
        var (words, counts) = (test.Source<string>(), test.Capture<(string, int)>("counts"));
        words.Add("a");
        await test.AdvanceAsync();
        await test.StopAsync();
        test.Time.Advance(TimeSpan.FromSeconds(2.5));

        await test.RestartAsync();

        Assert.Equal([1, 2, 3], counts.Batches.Select(batch => batch.Number));
        counts.Expect(("a", 1));
    }

    [Fact]
    public async Task FailureInABatchThatIsRunAgain_IsReportedByTheRestart()
    {
        var fails = false;
        await using var test = new StreamingTest(
            streaming => streaming.TextFileStream("/no/such/directory").Map(word => (word, 1)).UpdateStateByKey((IReadOnlyList<int> values, Option<int> sum) => new Option<int>(values.Sum() + sum.GetValueOrDefault()))
                .ForeachRdd(rdd => _ = fails ? throw new IOException("lost") : rdd.Count()),
            new StreamingTestOptions { KeepsCheckpoints = true });
        test.Source<string>().Add("a");
        await test.AdvanceAsync();
        await test.CrashAsync();
        fails = true;

        await Failing.AssertReportAsync("ForeachRdd failed in batch 1 (1000000001000 ms): IOException: lost", test.RestartAsync);
    }

    [Fact]
    public async Task FailedBatch_IsRunAgainByTheRestart()
    {
        await using var test = new StreamingTest(() => new RunningCounts(), new StreamingTestOptions { KeepsCheckpoints = true });
        var (words, counts) = (test.Source<string>(), test.Capture<(string, int)>("counts"));
        words.Add("a");
        await test.AdvanceAsync();
        words.Add("b");
        test.FailTask("Map");
        await test.ExpectFailureAsync();

        await test.RestartAsync();

        counts.Expect(("a", 1), ("b", 1));
    }

    [Fact]
    public async Task Directory_IsNotTouched()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var test = new StreamingTest(
            streaming =>
            {
                streaming.Checkpoint(folder);
                streaming.Add(new RunningCounts());
            },
            new StreamingTestOptions { KeepsCheckpoints = true });
        var (words, counts) = (test.Source<string>(), test.Capture<(string, int)>("counts"));
        words.Add("a");
        await test.AdvanceAsync();
        await test.RestartAsync();
        await test.AdvanceAsync();

        counts.Expect(("a", 1));
        Assert.False(Directory.Exists(folder));
    }
}

/// <summary>How often each word of a directory's files has come.</summary>
[StreamingPipeline]
public sealed partial class RunningCounts
{
    public void Define(StreamingContext streaming) =>
        streaming.TextFileStream("/no/such/directory")
            .Map(word => (word, 1))
            .UpdateStateByKey((IReadOnlyList<int> values, Option<int> sum) => new Option<int>(values.Sum() + sum.GetValueOrDefault()))
            .Print().Named("counts");
}

/// <summary>Users who have not been seen for five seconds, with the number of times that they were.</summary>
[StreamingPipeline]
public sealed partial class Sessions
{
    public void Define(StreamingContext streaming) =>
        streaming.TextFileStream("/no/such/directory")
            .Map(user => (user, 1))
            .MapWithState(StateSpec.Function((string user, Option<int> seen, State<int> times) =>
            {
                if (times.IsTimingOut)
                {
                    return $"{user}: {times.Get()}";
                }

                times.Update(times.GetOption().GetValueOrDefault() + 1);
                return "";
            }).Timeout(TimeSpan.FromSeconds(5)))
            .Filter(line => line != "")
            .Print().Named("ended");
}

/// <summary>The words of three seconds, and how often each of them came.</summary>
[StreamingPipeline]
public sealed partial class LatestWords
{
    public void Define(StreamingContext streaming)
    {
        var words = streaming.TextFileStream("/no/such/directory");
        words.Window(TimeSpan.FromSeconds(3)).Print().Named("latest");
        words.Map(word => (word, 1)).ReduceByKeyAndWindow((left, right) => left + right, (left, right) => left - right, TimeSpan.FromSeconds(3), filter: pair => pair.Item2 > 0)
            .Print().Named("counts");
    }
}
