using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace CodegenStreaming.Benchmarks.Batches;

/// <summary>The command <c>batches</c>: time and bytes of whole batches through clock, scheduler and outputs, with nobody listening.</summary>
internal static class BatchesCommand
{
    private const int Rounds = 15;
    private const int Records = 1_000_000;
    private const int Blocks = 8;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var command = new Command("batches", "Time and bytes of a whole batch, from the batch clock to the last output: without records, and with a million in eight blocks.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var random = new Random(1);
        int[] numbers = [.. Enumerable.Range(0, Records).Select(_ => random.Next())];
        Console.WriteLine($"{"batch",-24}{"threads",8}{"µs, best",12}{"µs, median",12}{"bytes",12}");
        foreach (var threads in new[] { 1, 2 })
        {
            Measure("empty", new EmptyBatches(), threads);
            Measure("empty, printed", new PrintedEmptyBatches(), threads);
            Measure("numeric, 1 M in 8", new NumericBatches(numbers, Blocks), threads);
            Measure("keyed, 1 M in 8", new KeyedBatches(numbers, Blocks), threads);
        }

        return 0;
    }

    private static void Measure(string name, IStreamingPipeline pipeline, int threads)
    {
        using var context = new SteppedContext(pipeline, threads);
        var warm = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(warm) < WarmUp)
        {
            context.RunBatch();
            count++;
        }

        var perRound = Math.Max(3, (int)(count * (RoundLength / WarmUp)));
        var times = new double[Rounds];
        var least = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            for (var batch = 0; batch < perRound; batch++)
            {
                context.RunBatch();
            }

            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / perRound;
            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / perRound);
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-24}{threads,8}{times[0],12:0.0}{times[Rounds / 2],12:0.0}{least,12:0}"));
    }
}
