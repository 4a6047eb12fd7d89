using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>A folder with the files of the reference program, and its runs over a store: each ends by a crash, a failure or a graceful stop, and the next one goes on.</summary>
internal sealed class ReferenceRun : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly int _seconds;

    /// <param name="seconds">How many batches the program has until it is stopped.</param>
    /// <param name="seed">What the files hold.</param>
    public ReferenceRun(int seconds, int seed)
    {
        _seconds = seconds;
        Folder = Directory.CreateTempSubdirectory("recovery").FullName;
        var random = new Random(seed);
        Directory.CreateDirectory(Path.Combine(Folder, "in"));
        for (var second = 1; second < seconds; second++)
        {
            for (var file = random.Next(3); file > 0; file--)
            {
                var path = Path.Combine(Folder, "in", $"{second}-{file}.txt");
                var lines = Enumerable.Range(0, random.Next(12)).Select(_ => $"key{random.Next(20)} {random.Next(1, 100)}");
                File.WriteAllLines(path, lines);
                File.SetLastWriteTimeUtc(path, Start.UtcDateTime.AddSeconds(second).AddMilliseconds(-200 * file));
            }
        }
    }

    public string Folder { get; }

    /// <summary>Whether the last run went on from a checkpoint.</summary>
    public bool WasRestored { get; private set; }

    public List<Exception> Failures { get; } = [];

    /// <summary>Every line that the program has put out, by the file.</summary>
    public IReadOnlyList<string> Outputs =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, "out"), "part-*", SearchOption.AllDirectories)
            .SelectMany(path => File.ReadLines(path).Select(line => $"{Path.GetFileName(Path.GetDirectoryName(path))}: {line}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Runs until the end, or until the store fails; true for the end.</summary>
    /// <param name="store">The store of the checkpoints.</param>
    /// <param name="from">The seconds that have passed since the beginning.</param>
    /// <param name="partitions">The partitions of states.</param>
    /// <param name="change">Other options.</param>
    /// <param name="until">Where it is stopped; null for the end.</param>
    /// <returns>How far it came; null for the end.</returns>
    public async Task<int?> RunAsync(ICheckpointStore store, int from, int partitions = 2, Action<StreamingOptions>? change = null, int? until = null)
    {
        var time = new VirtualTime(Start.AddSeconds(from));
        var options = new StreamingOptions { Master = "local[2]", CheckpointInterval = TimeSpan.FromSeconds(3) };
        change?.Invoke(options);
        await using var streaming = new StreamingContext(options, time);
        streaming.UseCheckpoints(store);
        streaming.Add(new ReferenceProgram(Folder, partitions));
        var second = from;
        try
        {
            streaming.Start();
            WasRestored = streaming.IsRestored;
            for (; second < (until ?? _seconds); second++)
            {
                await streaming.Run!.Ledger.WaitUntilIdleAsync();
                if (streaming.AwaitTerminationOrTimeout(TimeSpan.Zero))
                {
                    return second;
                }

                time.Advance(TimeSpan.FromSeconds(1));
            }

            await streaming.Run!.Ledger.WaitUntilIdleAsync();
            await streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
            await streaming.AwaitTerminationAsync(TestContext.Current.CancellationToken);
            return null;
        }
#pragma warning disable CA1031 // What a store throws comes in many dresses; the sweep looks at what is left.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failures.Add(exception);
            await streaming.StopAsync(graceful: false, stopEngine: true, TestContext.Current.CancellationToken);
            return second;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
