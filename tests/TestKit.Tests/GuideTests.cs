using System.Text.RegularExpressions;

namespace CodegenStreaming.TestKit.Tests;

/// <summary>The snippets of docs/testing.md and of the package's README, word for word.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public async Task WordsAreCounted()
    {
        await using var test = new StreamingTest(new NetworkWordCount("localhost", 9999));
        var lines = test.Source<string>();
        var counts = test.Capture<(string, int)>();

        lines.Add("to be or", "not to be");
        await test.AdvanceAsync();

        counts.Expect(("to", 2), ("be", 2), ("or", 1), ("not", 1));
    }

    [Fact]
    public async Task StreamsOfTheTestsOwn()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var even = test.Capture(numbers.Stream.Filter(number => number % 2 == 0));

        numbers.Add(1, 2, 3, 4);
        await test.AdvanceAsync();

        even.ExpectInOrder(2, 4);
    }

    [Fact]
    public async Task StreamsAndOutputs()
    {
        await using var test = new StreamingTest(new NetworkWordCount("localhost", 9999));
        var lines = test.Source<string>("SocketTextStream");
        var words = test.Capture<string>("FlatMap");
        var counts = test.Capture<(string, int)>("Print");

        lines.Add("to be");
        await test.AdvanceAsync(2);

        words.Batches[0].ExpectInOrder("to", "be");
        counts.Batches[0].Expect(("to", 1), ("be", 1));
        counts.ExpectNothing();
    }

    [Fact]
    public async Task Expectations()
    {
        await using var test = new StreamingTest();
        var sums = test.AddSource<(string, double)>();
        var given = test.AddSource<string>();
        var (averages, names) = (test.Capture(sums.Stream.MapValues(sum => sum / 3)), test.Capture(given.Stream));
        sums.Add(("b", 3), ("a", 1));
        given.Add("Grace", "Ada");
        await test.AdvanceAsync();

        averages.Latest.Within(0.01).Expect(("a", 0.33), ("b", 1));
        names.Latest.Using(StringComparer.OrdinalIgnoreCase).Expect("ada", "GRACE");
    }

    [Fact]
    public async Task Report()
    {
        await using var test = new StreamingTest(new NetworkWordCount("localhost", 9999));
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        lines.Add("to be or", "not to be");
        await test.AdvanceAsync();

        var report = Assert.Throws<StreamingTestException>(() => counts.Expect(("to", 2), ("be", 1), ("or", 1), ("not", 1))).Message;
        Assert.Contains($"```\n{report}\n```", Repository.Read("docs/testing.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpectedFailure()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.Map(number => 12 / number).Named("shares").Print();

        numbers.Add(0);
        var failure = await test.ExpectFailureAsync("shares");

        Assert.IsType<DivideByZeroException>(failure.Exception.InnerException);
    }

    [Fact]
    public async Task FailingTasks()
    {
        await using var test = new StreamingTest(
            new NetworkWordCount("localhost", 9999), new StreamingTestOptions { Streaming = { MaxTaskFailures = 2 } });
        var lines = test.Source<string>();
        var counts = test.Capture<(string, int)>();

        var fault = test.FailTask("Map", partition: 0, attempts: 1);
        lines.Add("to be");
        await test.AdvanceAsync();
        counts.Expect(("to", 1), ("be", 1));
        Assert.Equal(1, fault.Failures);

        test.FailTask("ReduceByKey", attempts: int.MaxValue, exception: new IOException("disk full"));
        lines.Add("to be");
        await test.ExpectFailureAsync("ReduceByKey");
    }

    [Fact]
    public async Task FailingAfterTheWork()
    {
        var written = new List<string>();
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { MaxTaskFailures = 2 } });
        var rows = test.AddSource<string>();
        rows.Stream.ForeachRdd(rdd => rdd.Foreach(written.Add));

        test.FailTask("Foreach", afterWork: true);
        rows.Add("a");
        await test.AdvanceAsync();

        Assert.Equal(["a", "a"], written);
    }

    [Fact]
    public async Task FailingReceiver()
    {
        await using var test = new StreamingTest(new NetworkWordCount("localhost", 9999));
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        test.Start();

        lines.Add("received");
        lines.Fail(new IOException("connection lost"));
        await test.AdvanceAsync();
        counts.Expect(("received", 1));

        lines.Restart();
        lines.Add("again");
        await test.AdvanceAsync();
        counts.Expect(("again", 1));
    }

    [Fact]
    public async Task StopAndRestart()
    {
        await using var test = new StreamingTest(() => new NetworkWordCount("localhost", 9999));
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        test.Start();

        lines.Add("last");
        await test.StopAsync();
        counts.Expect(("last", 1));

        await test.RestartAsync();
        lines.Add("first");
        await test.AdvanceAsync();
        counts.Expect(("first", 1));
    }

    [Fact]
    public async Task Checkpoints()
    {
        await using var test = new StreamingTest(() => new RunningCounts(), new StreamingTestOptions { KeepsCheckpoints = true });
        var (words, counts) = (test.Source<string>(), test.Capture<(string, int)>("counts"));
        words.Add("to", "be");
        await test.AdvanceAsync();

        await test.CrashAsync();
        test.Time.Advance(TimeSpan.FromSeconds(2));
        await test.RestartAsync();
        Assert.Equal([1, 1, 2, 3], counts.Batches.Select(batch => batch.Number));

        words.Add("be");
        await test.AdvanceAsync();
        counts.Expect(("to", 1), ("be", 2));
    }

    [Fact]
    public async Task WaitingForTime()
    {
        await using var test = new StreamingTest();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        test.AddSource<int>().Stream.ForeachRdd(_ =>
        {
            var delay = Task.Delay(TimeSpan.FromSeconds(3), test.Time);
            asked.TrySetResult();
            delay.Wait(TestContext.Current.CancellationToken);
        });

        var step = test.AdvanceAsync();
        await asked.Task;
        test.Time.Advance(TimeSpan.FromSeconds(3));
        await step;
    }

    [Fact]
    public async Task Listeners()
    {
        var listener = new Batches();
        await using var test = new StreamingTest(streaming =>
        {
            streaming.AddListener(listener);
            streaming.Add(new NetworkWordCount("localhost", 9999));
        });

        await test.AdvanceAsync();
        await test.RestartAsync();
        await test.AdvanceAsync();
        Assert.Equal([test.BatchTimeOf(1), test.BatchTimeOf(2)], listener.Completed);
    }

    [Theory]
    [InlineData("docs/testing.md")]
    [InlineData("docs/getting-started.md")]
    [InlineData("src/TestKit/README.md")]
    public void EverySnippetWithTheKit_IsOneOfTheseTests(string page)
    {
        var tests = Lines(Repository.Read("tests/TestKit.Tests/GuideTests.cs"));
        var snippets = Snippet().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value).ToArray();
        Assert.Contains(snippets, UsesTheKit);
        Assert.All(
            page == "docs/getting-started.md" ? snippets.Where(UsesTheKit) : snippets,
            snippet => Assert.Contains(Lines(snippet), tests, StringComparison.Ordinal));
    }

    private static bool UsesTheKit(string snippet) => snippet.Contains("new StreamingTest(", StringComparison.Ordinal);

    /// <summary>The text without its indentation.</summary>
    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();

    public sealed class OrderLogTests : DirectSourceContract<string, long>, IDisposable
    {
        private readonly string _directory = Directory.CreateTempSubdirectory().FullName;
        private int _orders;

        public void Dispose() => Directory.Delete(_directory, recursive: true);

        [Fact]
        public Task OrderLog_KeepsTheContract() => CheckAllAsync();

        protected override DirectSource<string, long> CreateSource() => new LogDirectorySource<string>(_directory);

        protected override Task<IReadOnlyList<string>> AddAsync(int count)
        {
            string[] orders = [.. Enumerable.Range(_orders, count).Select(number => $"order {number}")];
            _orders += count;
            using var log = new LogDirectoryWriter<string>(_directory);
            log.Append(orders);
            return Task.FromResult<IReadOnlyList<string>>(orders);
        }
    }

    /// <summary>The README's.</summary>
    [StreamingPipeline]
    public sealed partial class NetworkWordCount(string host, int port)
    {
        public void Define(StreamingContext streaming) =>
            streaming.SocketTextStream(host, port)
                .FlatMap(line => line.Split(' '))
                .Map(word => (word, 1))
                .ReduceByKey((a, b) => a + b)
                .Print();
    }

    private sealed class Batches : IStreamingListener
    {
        public List<BatchTime> Completed { get; } = [];

        public void OnBatchCompleted(BatchInfo batch) => Completed.Add(batch.BatchTime);
    }
}
