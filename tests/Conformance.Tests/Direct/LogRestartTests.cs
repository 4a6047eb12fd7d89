namespace CodegenStreaming.Conformance.Direct;

/// <summary>Programs over a log that stop, crash and fail at any moment, and go on from their checkpoints: every record counts once.</summary>
public sealed class LogRestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("log-restart").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Statement242_ProgramThatCrashesAtAnyMoment_CountsEveryRecordOnce(int checkpointEvery)
    {
        for (var round = 0; round < 4; round++)
        {
            var seed = Random.Shared.Next();
            TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
            await RunAsync(new Random(seed), Path.Combine(_folder, $"{checkpointEvery}-{round}"), checkpointEvery);
        }
    }

    [Fact]
    public async Task CommittedSegments_AreDeletedOnlyWhenNoRestartNeedsThem()
    {
        var outside = new TotalsOfALog.Outside();
        await using var test = Test(_folder, outside, checkpointEvery: 2, deletesCommitted: true);
        test.KeepSources();
        for (var batch = 0; batch < 12; batch++)
        {
            Write("0", batch * 10, 10, segmentLength: 1);
            await test.AdvanceAsync();
            if (batch % 5 == 4)
            {
                await test.RestartAsync();
            }
        }

        await test.StopAsync();
        Assert.Equal($"a:{Enumerable.Range(0, 120).Sum()}", outside.Totals.Values.Last());
        Assert.InRange(Directory.GetFiles(Path.Combine(_folder, "log", "0"), "*.log").Length, 1, 5); // Of thirteen: some older checkpoints are kept, and what they need.
    }

    /// <summary>What a test gives in place of the log comes again, as it would from the log.</summary>
    [Fact]
    public async Task TestThatFeedsALogsStream_RestartsAsTheProgramDoes()
    {
        var outside = new TotalsOfALog.Outside();
        await using var test = Test(_folder, outside, checkpointEvery: 1, deletesCommitted: false);
        var orders = test.Source<(string, int)>("orders");

        orders.Add(("a", 1), ("b", 10));
        await test.AdvanceAsync();
        outside.Successes = 1; // The first output of the batch; the states are not put out.
        orders.Add(("a", 2));
        await test.ExpectFailureAsync("ForeachRdd");
        outside.Successes = int.MaxValue;
        await test.RestartAsync();
        orders.Add(("a", 4));
        await test.AdvanceAsync();
        await test.StopAsync();

        Assert.Equal(["a:1 b:10", "a:3 b:10", "a:7 b:10"], outside.Totals.Values);
        Assert.Equal(["11", "13", "17"], outside.Windows.Values);
    }

    private static async Task RunAsync(Random random, string folder, int checkpointEvery)
    {
        var outside = new TotalsOfALog.Outside();
        await using var test = Test(folder, outside, checkpointEvery, deletesCommitted: random.Next(2) == 0);
        test.KeepSources();
        var written = new int[2];
        for (var step = 0; step < 25; step++)
        {
            var partition = random.Next(written.Length);
            var count = random.Next(60);
            Write(folder, $"{partition}", written[partition], count, random.Next(1, 2000));
            written[partition] += count;
            outside.Successes = random.Next(4) == 0 ? random.Next(6) : int.MaxValue;
            try
            {
                await test.AdvanceAsync(random.Next(1, 4));
            }
            catch (StreamingTestException)
            {
                outside.Successes = int.MaxValue;
                await test.RestartAsync();
            }

            if (random.Next(4) == 0)
            {
                await (random.Next(2) == 0 ? test.StopAsync() : Task.CompletedTask);
                await test.RestartAsync();
            }
        }

        outside.Successes = int.MaxValue;
        await test.AdvanceAsync(40); // The backlog, in batches of 25 records.
        await test.StopAsync();

        CheckRanges(outside, written);
        var sum = written.Sum(count => Enumerable.Range(0, count).Sum(number => (long)number));
        Assert.Equal($"a:{sum}", outside.Totals.Values.Last());
        CheckWindows(outside);
    }

    /// <summary>The batches' ranges, each by its time, follow one another and leave nothing out.</summary>
    private static void CheckRanges(TotalsOfALog.Outside outside, int[] written)
    {
        var positions = new Dictionary<string, long>();
        foreach (var range in outside.Ranges.Values.SelectMany(ranges => ranges.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            string[] parts = range.Split(':', '-');
            Assert.Equal(parts[1], $"{positions.GetValueOrDefault(parts[0])}");
            positions[parts[0]] = long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture);
        }

        for (var partition = 0; partition < written.Length; partition++)
        {
            Assert.Equal(written[partition], positions.GetValueOrDefault($"{partition}"));
        }
    }

    /// <summary>A window is the difference of two totals.</summary>
    private static void CheckWindows(TotalsOfALog.Outside outside)
    {
        foreach (var (time, window) in outside.Windows)
        {
            Assert.Equal(TotalAt(time) - TotalAt(time - 3000), window.Length == 0 ? 0 : long.Parse(window, System.Globalization.CultureInfo.InvariantCulture));
        }

        long TotalAt(long time) => outside.Totals.LastOrDefault(pair => pair.Key <= time).Value is { Length: > 0 } total
            ? long.Parse(total.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    private static StreamingTest Test(string folder, TotalsOfALog.Outside outside, int checkpointEvery, bool deletesCommitted)
    {
        var options = new LogStreamOptions { MaxRecordsPerBatch = 25, DeletesCommitted = deletesCommitted };
        return new StreamingTest(
            () => new TotalsOfALog(Path.Combine(folder, "log"), options, outside),
            new StreamingTestOptions
            {
                Streaming = { CheckpointDirectory = Path.Combine(folder, "checkpoints"), CheckpointInterval = TimeSpan.FromSeconds(checkpointEvery) },
            });
    }

    private void Write(string partition, int first, int count, long segmentLength) => Write(_folder, partition, first, count, segmentLength);

    private static void Write(string folder, string partition, int first, int count, long segmentLength)
    {
        using var writer = new LogDirectoryWriter<(string, int)>(Path.Combine(folder, "log"), partition, LoggedOrders.Codec, segmentLength);
        writer.Append([.. Enumerable.Range(first, count).Select(number => ("a", number))]);
    }
}
