using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace CodegenStreaming.Benchmarks.Batches;

/// <summary>The command <c>scaling</c>: the same batches with one task thread and with more, in turns.</summary>
internal static class ScalingCommand
{
    private const int Records = 2_000_000;
    private const int WarmUpBatches = 60;

    public static Command Create()
    {
        var threads = new System.CommandLine.Option<int>("--threads") { Description = "How many task threads to compare with one.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var blocks = new System.CommandLine.Option<int>("--blocks") { Description = "The blocks, which are the partitions, of a batch.", DefaultValueFactory = _ => 8 };
        var rounds = new System.CommandLine.Option<int>("--rounds") { Description = "How often each is measured; the best round counts.", DefaultValueFactory = _ => 101 };
        var command = new Command("scaling", "How many times faster a batch of several blocks is with several task threads than with one.") { threads, blocks, rounds };
        command.SetAction(parsed => Run(parsed.GetValue(threads), parsed.GetValue(blocks), parsed.GetValue(rounds)));
        return command;
    }

    private static int Run(int threads, int blocks, int rounds)
    {
        var random = new Random(1);
        int[] numbers = [.. Enumerable.Range(0, Records).Select(_ => random.Next())];
        Console.WriteLine($"Batches of {Records} records in {blocks} blocks; milliseconds, best and median of {rounds}");
        Console.WriteLine($"{"workload",-12}{"local[1]",20}{$"local[{threads}]",20}{"times faster",24}");
        Compare("numeric", count => new NumericBatches(numbers, count), threads, blocks, rounds);
        Compare("keyed", count => new KeyedBatches(numbers, count), threads, blocks, rounds);
        return 0;
    }

    private static void Compare(string name, Func<int, IStreamingPipeline> create, int threads, int blocks, int rounds)
    {
        using var one = new SteppedContext(create(blocks), 1);
        using var many = new SteppedContext(create(blocks), threads);
        for (var batch = 0; batch < WarmUpBatches; batch++)
        {
            one.RunBatch();
            many.RunBatch();
        }

        var times = (One: new double[rounds], Many: new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            times.One[round] = Time(one);
            times.Many[round] = Time(many);
        }

        Array.Sort(times.One);
        Array.Sort(times.Many);
        var middle = rounds / 2;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-12}{times.One[0],11:0.000}{times.One[middle],9:0.000}{times.Many[0],11:0.000}{times.Many[middle],9:0.000}{times.One[0] / times.Many[0],15:0.00}{times.One[middle] / times.Many[middle],9:0.00}"));
    }

    private static double Time(SteppedContext context)
    {
        var start = Stopwatch.GetTimestamp();
        context.RunBatch();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
