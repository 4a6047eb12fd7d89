namespace CodegenStreaming.TestKit.Tests;

public sealed class StopAndRestartTests
{
    [Fact]
    public async Task GracefulStop_ProcessesWhatWasReceived_InItsBatch()
    {
        await using var test = new StreamingTest(new WordCount());
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        await test.AdvanceAsync();
        lines.Add("a");

        await test.StopAsync();

        counts.Expect(("a", 1));
        Assert.Equal(test.BatchTimeOf(2), counts.Latest.BatchTime);
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
        await test.StopAsync();
    }

    [Fact]
    public async Task GracefulStop_ReportsWhatFails()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.Map(number => 1 / number).Print();
        test.Start();
        numbers.Add(0);

        await Failing.AssertReportAsync(
            "Print failed in batch 1 (1000000001000 ms): Map failed, batch 1000000001000 ms, partition 0: DivideByZeroException: Attempted to divide by zero.",
            () => test.StopAsync());
    }

    [Fact]
    public async Task StopAtOnce_DropsWhatWasReceived()
    {
        await using var test = new StreamingTest(new WordCount());
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        test.Start();
        lines.Add("a");

        await test.StopAsync(graceful: false);

        Assert.Empty(counts.Batches);
        await Failing.AssertReportAsync("The context is stopped. Call RestartAsync to go on with a new one.", () => test.AdvanceAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart_GoesOn_UnderTheSameClock(bool isMadeAnew)
    {
        var (made, pipeline) = (0, new WordCount());
        await using var test = isMadeAnew
            ? new StreamingTest(() =>
            {
                made++;
                return new WordCount();
            })
            : new StreamingTest(pipeline);
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        lines.Add("a");
        await test.AdvanceAsync();
        lines.Add("lost");
        var before = test.Streaming;

        await test.RestartAsync();

        Assert.NotSame(before, test.Streaming);
        Assert.Equal(StreamingContextState.Stopped, before.State);
        Assert.Same(test.Streaming, lines.Stream.Context);
        lines.Add("b");
        await test.AdvanceAsync();
        counts.Expect(("b", 1));
        Assert.Equal([1, 2], counts.Batches.Select(batch => batch.Number));
        Assert.Equal(isMadeAnew ? 2 : 0, made);
    }

    [Fact]
    public async Task Restart_KeepsFaultsSourcesAndCaptures()
    {
        await using var test = new StreamingTest(new WordCount(), new StreamingTestOptions { Streaming = { MaxTaskFailures = 2 } });
        var (lines, words, counts) = (test.Source<string>(), test.Capture<(string, int)>("words"), test.Capture<(string, int)>("counts"));
        var fault = test.FailTask("Map");
        await test.StopAsync();
        await test.RestartAsync();
        lines.Add("a");

        await test.AdvanceAsync();

        words.Expect(("a", 1));
        counts.Expect(("a", 1));
        Assert.Equal(1, fault.Failures);
    }

    [Fact]
    public async Task Restart_IsRefused_WhereStreamsWouldBeMissing()
    {
        const string Refusal =
            "The test cannot be restarted: streams were defined outside the function or pipeline that was given to its constructor, and would be missing.";
        await using var own = new StreamingTest();
        own.AddSource<int>().Stream.Print();
        own.Start();
        await Failing.AssertReportAsync(Refusal, own.RestartAsync);

        await using var added = new StreamingTest(new WordCount());
        added.Source<string>().Stream.Print();
        added.Start();
        await Failing.AssertReportAsync(Refusal, added.RestartAsync);
    }

    [Fact]
    public async Task Restart_IsRefused_WhereSomethingElseIsDefined()
    {
        var times = 0;
        await using var test = new StreamingTest(streaming =>
        {
            if (times++ == 0)
            {
                streaming.QueueStream(new Queue<int[]>()).Print();
            }
            else
            {
                streaming.QueueStream(new Queue<string[]>()).Print();
            }
        });
        test.Source<int>();
        await test.AdvanceAsync();

        await Failing.AssertReportAsync("QueueStream is not where it was: after the restart something else is defined than before.", test.RestartAsync);
    }

    [Fact]
    public async Task EngineOfTheCallers_IsLeftToHim()
    {
        using var engine = new EngineContext("shared", "local[2]");
        var table = engine.Parallelize([1, 2, 3]);
        for (var round = 0; round < 2; round++)
        {
            await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine });
            var numbers = test.AddSource<int>();
            var known = test.Capture(numbers.Stream.Transform(rdd => rdd.Union(table)));
            await test.AdvanceAsync();
            known.Expect(1, 2, 3);
            await test.StopAsync();
        }

        Assert.Equal(6, table.Sum());
    }
}
