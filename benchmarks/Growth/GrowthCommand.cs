using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Growth;

/// <summary>The command <c>growth</c>: how what a batch costs grows with a window's length, the number of keys, and the share of keys that a batch touches.</summary>
internal static class GrowthCommand
{
    private const int RecordsInBatch = 100_000;
    private const int ManyKeys = 1_000_000;

    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(700);

    public static Command Create()
    {
        var command = new Command("growth", "Prints a table, as comma-separated values, of what a batch costs by window length, number of keys and share of touched keys.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        Console.WriteLine("series,x,microseconds per batch,nanoseconds per record");
        foreach (var length in (int[])[1, 3, 10, 30, 100, 300, 1000])
        {
            Sliding("window length with inverse", length, RecordsInBatch, length, hasInverse: true);
            Sliding("window length without inverse", length, RecordsInBatch, length, hasInverse: false);
        }

        foreach (var keys in (int[])[1_000, 10_000, 100_000, 1_000_000])
        {
            Sliding("keys in a window of 30 with inverse", keys, keys, 30, hasInverse: true);
            Sliding("keys in a window of 30 without inverse", keys, keys, 30, hasInverse: false);
        }

        foreach (var touched in (int[])[100, 1_000, 10_000, 100_000, 1_000_000])
        {
            State("records for a million keys with MapWithState", touched, batches => new StateChangedPipeline(batches));
            State("records for a million keys with UpdateStateByKey", touched, batches => new StateAllPipeline(batches));
        }

        foreach (var readers in (int[])[0, 1])
        {
            Readers("threads that read a key each millisecond beside MapWithState", readers);
        }

        return 0;
    }

    /// <summary>Threads that ask for the state of a key all the time, at a pace that a processor of their own would hardly notice.</summary>
    private static void Readers(string series, int readers)
    {
        var pipeline = new StateChangedPipeline([KeyedStateData.CreateKeys(), .. KeyedStateData.CreateBatches()]);
        using var run = new PipelineRun(pipeline, useGeneratedLoops: true);
        run.RunBatch();
        var sums = run.Streaming.KeyedState<int, long>("sums");
        using var isOver = new ManualResetEventSlim();
        Thread[] threads = [.. Enumerable.Range(0, readers).Select(_ => new Thread(() =>
        {
            for (var key = 0; !isOver.Wait(TimeSpan.FromMilliseconds(1)); key++)
            {
                sums.Get(key);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Measure(series, readers, KeyedStateData.RecordsInBatch, run, before: 0);
        isOver.Set();
        run.RunBatch(); // Answers whoever waits for a batch.
        Array.ForEach(threads, static thread => thread.Join());
    }

    private static void Sliding(string series, int x, int keys, int length, bool hasInverse)
    {
        var random = new Random(29);
        int[][] batches = [.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, RecordsInBatch).Select(_ => random.Next(keys)).ToArray())];
        Measure(series, x, RecordsInBatch, new SlidingCountsPipeline(batches, length, hasInverse), before: length);
    }

    private static void State(string series, int touched, Func<Reading[][], IMeasuredPipeline> create)
    {
        var random = new Random(31);
        Reading[] keys = [.. Enumerable.Range(0, ManyKeys).Select(key => new Reading(key * 7919, 0))];
        Reading[][] batches = [.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, touched).Select(_ => new Reading(keys[random.Next(ManyKeys)].Sensor, 1)).ToArray())];
        Measure(series, touched, touched, create([keys, .. batches]), before: 1);
    }

    private static void Measure(string series, int x, int records, IMeasuredPipeline pipeline, int before)
    {
        using var run = new PipelineRun(pipeline, useGeneratedLoops: true);
        Measure(series, x, records, run, before);
    }

    private static void Measure(string series, int x, int records, PipelineRun run, int before)
    {
        for (var batch = 0; batch < before + 20; batch++)
        {
            run.RunBatch();
        }

        var (best, start) = (double.PositiveInfinity, Stopwatch.GetTimestamp());
        for (var round = 0; round < 5 || Stopwatch.GetElapsedTime(start) < Length; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            run.RunBatch();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalMicroseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{series},{x},{best:0.0},{best * 1000 / records:0.0}"));
    }
}
