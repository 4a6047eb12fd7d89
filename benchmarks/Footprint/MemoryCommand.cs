using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CodegenStreaming.Benchmarks.Engine;

namespace CodegenStreaming.Benchmarks.Footprint;

/// <summary>The command <c>memory</c>: what a program occupies that works through more data than it may keep, or keeps much.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var gigabytes = new System.CommandLine.Option<double>("--gigabytes") { Description = "How much text.", DefaultValueFactory = _ => 10, HelpName = "N" };
        var wordCount = new Command("wordcount", "Counts the words of generated text, block by block, and prints the largest resident size of the process.") { gigabytes };
        wordCount.SetAction(parsed => CountWords((long)(parsed.GetValue(gigabytes) * 1e9)));
        var entries = new System.CommandLine.Option<int>("--entries") { Description = "How many.", DefaultValueFactory = _ => 10_000_000, HelpName = "N" };
        var isState = new System.CommandLine.Option<bool>("--state") { Description = "A state table in place of a combine table." };
        var table = new Command("table", "Fills a hash table with pairs of 64-bit numbers, growing from nothing, and prints what the process grew by at most.") { entries, isState };
        table.SetAction(parsed => FillTable(parsed.GetValue(entries), parsed.GetValue(isState)));
        return new Command("memory", "What a program occupies that works through more data than it may keep, or keeps much.") { wordCount, table };
    }

    private static int CountWords(long bytes)
    {
        var pipeline = new TextFloodPipeline();
        using var run = new PipelineRun(pipeline, useGeneratedLoops: true);
        var start = Stopwatch.GetTimestamp();
        var words = 0L;
        while (pipeline.BytesSent < bytes)
        {
            run.RunBatch();
            words += pipeline.Checksum;
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Line($"{pipeline.BytesSent / 1e9:0.00} GB of text, {words / 1e6:0} million words in {seconds:0.0} s: {pipeline.BytesSent / 1e6 / seconds:0} MB/s, making the text included");
        Line($"largest resident size {PeakMegabytes():0} MB");
        return 0;
    }

    private static int FillTable(int entries, bool isState)
    {
        Func<int, double> fill = isState ? TableFootprint.FillStateTable : TableFootprint.FillCombineTable;
        fill(1000);
        var before = PeakMegabytes();
        var nanoseconds = fill(entries);
        Line($"{entries / 1e6:0.0} million entries, {nanoseconds:0} ns each: largest resident size {PeakMegabytes():0} MB, of which {before:0} MB before");
        return 0;
    }

    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
