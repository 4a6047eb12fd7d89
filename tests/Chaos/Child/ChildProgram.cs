using System.Globalization;
using CodegenStreaming.Chaos.Regime;
using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.Chaos.Child;

/// <summary>A life of the program: it goes on from the checkpoint and runs until it is killed, fails, or is told to stop.</summary>
internal static class ChildProgram
{
    public const int EndedByFailure = 3;
    public const int EndedByParent = 9;

    public static async Task<int> RunAsync(ChildSetting setting)
    {
        EndWithParent();
        FlushNotes.Redirect();
        var folder = new ChaosFolder(setting.Root);
        using var journal = new Journal(folder.JournalOf(setting.Life));
        using var log = new FileLog(folder.LogOf(setting.Life));
        var options = new StreamingOptions
        {
            AppName = "chaos",
            Master = string.Create(CultureInfo.InvariantCulture, $"local[{setting.Threads}]"),
            BatchInterval = CountedNumbers.Interval,
            CheckpointDirectory = folder.Checkpoint,
            CheckpointInterval = CountedNumbers.Slide,
            UseGeneratedLoops = setting.IsFused,
            GracefulStopTimeout = TimeSpan.FromMinutes(2),
        };
        var output = new BatchFiles(folder);
        try
        {
            await using var streaming = new StreamingContext(options, loggerFactory: log);
            streaming.UseCheckpoints(new JournalledStore(new LocalCheckpointStore(folder.Checkpoint), folder, journal));
            streaming.AddListener(new BatchNotes(journal));
            streaming.Add(new CountedNumbers(folder, output, setting.Keys, setting.Partitions));
            streaming.Start();
            while (!streaming.AwaitTerminationOrTimeout(TimeSpan.FromMilliseconds(100)))
            {
                if (File.Exists(folder.Stop))
                {
                    await streaming.StopAsync(graceful: true);
                    Dump(streaming, output);
                    return 0;
                }
            }

            return EndedByFailure;
        }
#pragma warning disable CA1031 // Whatever it is, the parent looks at its message.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync(exception.ToString());
            return EndedByFailure;
        }
    }

    private static void Dump(StreamingContext streaming, BatchFiles output)
    {
        var totals = streaming.KeyedState<string, CountedNumbers.Total>("totals").ToList(out var time);
        output.Write("final", "totals", string.Join('\n', totals.Select(static pair =>
            string.Create(CultureInfo.InvariantCulture, $"{CountedNumbers.KeyOf(pair.Key)} {pair.State.Count} {pair.State.Sum}"))));
        var visits = streaming.KeyedState<int, CountedNumbers.Total>("visits").ToList();
        output.Write("final", "visits", string.Join('\n', visits.Select(static pair =>
            string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.State.Count} {pair.State.Sum}"))));
        output.Write("final", "time", time!.Value.Milliseconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A child whose parent is gone ends.</summary>
    private static void EndWithParent() => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }

        Environment.Exit(EndedByParent);
    })
    { IsBackground = true }.Start();

    private sealed class BatchNotes(Journal journal) : IStreamingListener
    {
        public void OnBatchCompleted(BatchInfo batch)
        {
            if (batch.OutputOperations.All(static operation => operation.FailureReason is null))
            {
                journal.Write(Journal.Batch, batch.BatchTime.Milliseconds);
            }
        }
    }
}

/// <summary>What a child is told.</summary>
internal sealed record ChildSetting(string Root, int Life, int Keys, int Threads, int Partitions, bool IsFused);
