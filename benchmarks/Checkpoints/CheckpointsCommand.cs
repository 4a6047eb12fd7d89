using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace CodegenStreaming.Benchmarks.Checkpoints;

/// <summary>The command <c>checkpoints</c>: what they cost, beside the same batches without, and how long a restart takes.</summary>
internal static class CheckpointsCommand
{
    private const int Keys = 1_000_000;

    public static Command Create()
    {
        var batches = new System.CommandLine.Option<int>("--batches") { Description = "How many batches are measured.", DefaultValueFactory = _ => 100 };
        var restarts = new System.CommandLine.Option<int[]>("--restart-keys") { Description = "The numbers of keys that a restart reads.", DefaultValueFactory = _ => [1_000_000, 10_000_000] };
        var command = new Command("checkpoints", "What checkpoints of a million keys cost by how many of them change, and how long a restart takes.") { batches, restarts };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(batches), parsed.GetValue(restarts)!));
        return command;
    }

    private static async Task<int> RunAsync(int batches, int[] restarts)
    {
        Console.WriteLine($"{Keys} keys of 4 bytes with a sum of 8; milliseconds a batch, median of {batches}");
        Console.WriteLine($"{"changed",10}{"without",10}{"every 10th",12}{"slowest",10}{"/ median",10}{"write",10}{"KB",12}");
        foreach (var share in new[] { 100, 10, 1 })
        {
            await MeasureCostAsync(Keys / share, batches);
        }

        Console.WriteLine();
        Console.WriteLine($"{"keys",12}{"KB",12}{"restart ms",14}{"of it start",14}");
        foreach (var keys in restarts)
        {
            await MeasureRestartAsync(keys);
        }

        return 0;
    }

    private static async Task MeasureCostAsync(int changed, int batches)
    {
        double[] without;
        await using (var context = new CheckpointedContext(null, Keys, changed, 1))
        {
            without = await RunAsync(context, batches);
        }

        using var folder = new TemporaryDirectory();
        double[] with;
        await using (var context = new CheckpointedContext(folder.Path, Keys, changed, 10))
        {
            with = await RunAsync(context, batches);
        }

        using var each = new TemporaryDirectory();
        var (writes, bytes) = (new List<double>(), new List<double>());
        await using (var context = new CheckpointedContext(each.Path, Keys, changed, 1))
        {
            for (var batch = 0; batch < 20; batch++)
            {
                var before = each.Length("data-*");
                await context.RunBatchAsync();
                var start = Stopwatch.GetTimestamp();
                await context.WaitUntilWrittenAsync();
                writes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                bytes.Add(Math.Max(0, each.Length("data-*") - before) / 1024.0);
            }
        }

        var (slowest, median) = (with.Max(), Median(with));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{changed,10}{Median(without),10:0.00}{median,12:0.00}{slowest,10:0.00}{slowest / median,10:0.0}{Median([.. writes]),10:0.0}{Median([.. bytes]),12:0}"));
    }

    private static async Task MeasureRestartAsync(int keys)
    {
        using var folder = new TemporaryDirectory();
        await using (var context = new CheckpointedContext(folder.Path, keys, 1000, 1))
        {
            await context.RunBatchAsync();
            await context.WaitUntilWrittenAsync();
        }

        var kilobytes = folder.Length("data-*") / 1024;
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await using var restarted = new CheckpointedContext(folder.Path, keys, 1000, 1);
        var started = Stopwatch.GetElapsedTime(start);
        await restarted.RunBatchAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{keys,12}{kilobytes,12}{Stopwatch.GetElapsedTime(start).TotalMilliseconds,14:0}{started.TotalMilliseconds,14:0}"));
    }

    private static async Task<double[]> RunAsync(CheckpointedContext context, int batches)
    {
        for (var batch = 0; batch < 30; batch++)
        {
            await context.RunBatchAsync();
        }

        var times = new double[batches];
        for (var batch = 0; batch < batches; batch++)
        {
            times[batch] = await context.RunBatchAsync();
        }

        return times;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>A directory that goes when it is not needed any more.</summary>
    private sealed class TemporaryDirectory : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("checkpoints").FullName;

        public long Length(string pattern) => new DirectoryInfo(Path).EnumerateFiles(pattern).Sum(file => file.Exists ? file.Length : 0);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
