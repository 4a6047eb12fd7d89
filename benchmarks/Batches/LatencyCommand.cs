using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace CodegenStreaming.Benchmarks.Batches;

/// <summary>The command <c>latency</c>: batches on the machine's clock, and how late after its batch time the first task of each of them runs.</summary>
internal static class LatencyCommand
{
    public static Command Create()
    {
        var seconds = new System.CommandLine.Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var interval = new System.CommandLine.Option<TimeSpan>("--interval")
        {
            Description = "The batch interval, such as 1ms or 1s.",
            DefaultValueFactory = _ => TimeSpan.FromMilliseconds(1),
            CustomParser = result => ParseInterval(result.Tokens[0].Value, result.AddError),
        };
        var threads = new System.CommandLine.Option<int>("--threads") { Description = "Task threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("latency", "How late after its batch time the first task of each batch runs.") { seconds, interval, threads };
        command.SetAction(parsed => Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(interval), parsed.GetValue(threads)));
        return command;
    }

    private static int Run(TimeSpan length, TimeSpan interval, int threads)
    {
        var warmUp = TimeSpan.FromTicks(Math.Max(TimeSpan.FromSeconds(2).Ticks, interval.Ticks * 2));
        var expected = (int)(length / interval);
        var (ticks, tasks) = (new Lateness(expected), new Lateness(expected));
        var input = new TimedInput();
        var options = new StreamingOptions { Master = $"local[{threads}]", BatchInterval = interval };
        using var done = new ManualResetEventSlim();
        var context = new StreamingContext(options, output: TextWriter.Null);
        context.Add(new TimedBatches(input, time =>
        {
            tasks.Add(time, TimeProvider.System.GetUtcNow());
            if (tasks.Count == expected)
            {
                done.Set();
            }
        }));
        context.Start();
        done.Wait(warmUp);
        var process = Process.GetCurrentProcess();
        var (cpu, bytes, collections) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0));
        var start = Stopwatch.GetTimestamp();
        input.Ticks = ticks;
        done.Wait(length + interval + TimeSpan.FromSeconds(1));
        var elapsed = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        collections = GC.CollectionCount(0) - collections;
        context.Stop();

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ticks.Count} batches, {interval.TotalMilliseconds} ms apart, in {elapsed.TotalSeconds:0.0} s; local[{threads}]; {expected - tasks.Count} missing"));
        Console.WriteLine($"{"microseconds late",-20}{"p50",10}{"p90",10}{"p99",10}{"p99.9",10}{"max",10}{"over 1 ms",12}");
        Console.WriteLine($"{"batch got records",-20}{ticks}");
        Console.WriteLine($"{"first task",-20}{tasks}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"processor time {cpu / elapsed:P1} of one core, {(double)bytes / Math.Max(1, ticks.Count):0} bytes a batch, {collections} collections"));
        return 0;
    }

    private static TimeSpan ParseInterval(string text, Action<string> refuse)
    {
        var (number, unit) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], 1) : text.EndsWith('s') ? (text[..^1], 1000) : ("", 0);
        if (int.TryParse(number, CultureInfo.InvariantCulture, out var value) && value > 0)
        {
            return TimeSpan.FromMilliseconds((long)value * unit);
        }

        refuse($"'{text}' is no interval: write 1ms, 20ms or 1s.");
        return default;
    }
}
