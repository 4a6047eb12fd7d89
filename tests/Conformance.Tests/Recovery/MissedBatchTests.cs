using CodegenStreaming.Tests.Checkpoints;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>The batches whose time has passed while the program was not running.</summary>
public sealed partial class MissedBatchTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SimulatedStore _store = new(isObjectStore: true, new Random(1));
    private readonly RecordedLog _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("missed").FullName;

    [Fact]
    public async Task ThreeDays_OfEmptyBatches_AreRun_WithTheWindowsAndStatesOfAnUndisturbedRun()
    {
        const int Days = 3;
        var missed = (int)TimeSpan.FromDays(Days).TotalSeconds;
        Write("a", 1, "x 1", "y 2");
        var first = await RunAsync(Start, seconds: 5);
        Assert.Equal(["1: 2 3 2", "2: 2 3 2", "3: 2 3 2", "4: 0 3 2", "5: 0 3 2"], first);

        Write("b", 5 + missed, "x 10");
        var second = await RunAsync(Start.AddSeconds(5 + missed), seconds: 2);
        Assert.Equal(missed + 2, second.Count);
        Assert.All(second.Take(missed - 1), (line, index) => Assert.Equal($"{index + 6}: 0 3 2", line));
        var progress = _log.Lines.Where(line => line.Text.StartsWith("Catching up", StringComparison.Ordinal)).Select(line => (long)line.Values["Left"]!).ToList();
        Assert.InRange(progress.Count, 9, 11);
        Assert.Equal(progress.OrderDescending(), progress);
        Assert.Equal([$"{missed + 5}: 1 13 2", $"{missed + 6}: 1 13 2", $"{missed + 7}: 1 13 2"], second.TakeLast(3));
    }

    [Fact]
    public async Task Merge_RunsOneBatchForAll_WhichGetsWhatHasCome()
    {
        Write("a", 1, "x 1", "y 2");
        await RunAsync(Start, seconds: 5);
        Write("b", 400, "x 10");
        Write("c", 900, "x 100");
        var second = await RunAsync(Start.AddSeconds(1000.5), seconds: 1, options => options.MissedBatches = MissedBatches.Merge);
        Assert.Equal(["1000: 2 113 2", "1001: 2 113 2"], second);
    }

    [Fact]
    public async Task Clock_SetBackByAnHourBeforeARestart_RepeatsNoBatchTime_AndDoesNotWait()
    {
        Write("a", 1, "x 1");
        await RunAsync(Start, seconds: 5);
        var second = await RunAsync(Start.AddHours(-1), seconds: 3);
        Assert.Equal(["6: 0 1 1", "7: 0 1 1", "8: 0 1 1"], second);
    }

    [Fact]
    public async Task Clock_SetForwardByAnHour_WhileTheProgramRuns_RunsEachBatchOnce()
    {
        Write("a", 1, "x 1");
        var lines = await RunAsync(Start, seconds: 2, afterwards: time => time.Jump(TimeSpan.FromHours(1)));
        Assert.Equal(3602, lines.Count);
        Assert.Equal(lines.Distinct(), lines);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, int second, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        File.SetLastWriteTimeUtc(path, Start.UtcDateTime.AddSeconds(second).AddMilliseconds(-100));
    }

    /// <summary>For each batch its number, the records in a window of three, the sum of all and the keys.</summary>
    private async Task<List<string>> RunAsync(DateTimeOffset from, int seconds, Action<StreamingOptions>? change = null, Action<VirtualTime>? afterwards = null)
    {
        var time = new VirtualTime(from);
        var options = new StreamingOptions { Master = "local[1]" };
        change?.Invoke(options);
        await using var streaming = new StreamingContext(options, time, _log);
        streaming.UseCheckpoints(_store);
        var program = new Sums(_folder);
        streaming.Add(program);
        streaming.Start();
        for (var second = 0; second < seconds; second++)
        {
            await streaming.Run!.Ledger.WaitUntilIdleAsync();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        afterwards?.Invoke(time);
        await streaming.Run!.Ledger.WaitUntilIdleAsync();
        await streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        await streaming.AwaitTerminationAsync(TestContext.Current.CancellationToken);
        return program.Lines;
    }

    [StreamingPipeline]
    private sealed partial class Sums(string folder)
    {
        public List<string> Lines { get; } = [];

        public void Define(StreamingContext streaming)
        {
            var lines = streaming.TextFileStream(folder);
            var pairs = lines.Map(line => line.Split(' ')).Map(words => (words[0], long.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture)));
            var totals = pairs.UpdateStateByKey<string, long, long>((values, state) => new Option<long>(state.GetValueOrDefault() + values.Sum())).Named("totals");
            var counts = lines.CountByWindow(TimeSpan.FromSeconds(3)).Named("latest");
            var latest = 0L;
            counts.ForeachRdd(rdd => latest = rdd.Collect().FirstOrDefault());
            totals.ForeachRdd((rdd, time) =>
            {
                var sums = rdd.Collect();
                Lines.Add($"{(time.Milliseconds - Start.ToUnixTimeMilliseconds()) / 1000}: {latest} {sums.Sum(pair => pair.State)} {sums.Length}");
            });
        }
    }
}
