using System.Reflection;
using CodegenStreaming.Generators.Tests.Harness;
using CodegenStreaming.TestKit;
using CodegenStreaming.Tests.Checkpoints;

namespace CodegenStreaming.Generators.Tests.Upgrades;

/// <summary>Runs compiled programs, one after another, over one store of checkpoints and one folder of files, under virtual time.</summary>
internal sealed class UpgradeRun : IDisposable
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("upgrade").FullName;
    private readonly SimulatedStore _store = new(isObjectStore: true, new Random(1));
    private int _second;
    private int _files;

    public UpgradeRun()
    {
        Directory.CreateDirectory(In);
        Directory.CreateDirectory(In + "-other");
    }

    private string In => Path.Combine(_folder, "in");

    /// <summary>Writes a file that the batch after the next one takes, and others.</summary>
    public void Feed(params string[] lines)
    {
        foreach (var folder in (string[])[In, In + "-other"])
        {
            var path = Path.Combine(folder, $"{++_files}");
            File.WriteAllLines(path, folder == In ? lines : [.. lines.Select(static line => line + "000")]);
            File.SetLastWriteTimeUtc(path, Beginning.UtcDateTime.AddSeconds(_second).AddMilliseconds(900));
        }
    }

    /// <summary>Runs for some seconds; what the streams showed last.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(Assembly programs, string name, int seconds, bool isGraceful = true, Action<StreamingOptions>? change = null)
    {
        var time = new VirtualTime(Beginning.AddSeconds(_second));
        var options = new StreamingOptions { Master = "local[1]", DefaultParallelism = 2, CheckpointInterval = TimeSpan.FromSeconds(2) };
        change?.Invoke(options);
        await using var streaming = new StreamingContext(options, time, output: TextWriter.Null);
        streaming.UseCheckpoints(_store);
        var log = new UpgradeLog(In);
        programs.GetType($"{name}.Setup", throwOnError: true)!.GetMethod("Add")!.Invoke(null, [streaming, log]);
        streaming.Start();
        for (var second = 0; second < seconds; second++)
        {
            await SettleAsync(streaming);
            time.Advance(TimeSpan.FromSeconds(1));
            _second++;
        }

        await SettleAsync(streaming);
        await streaming.StopAsync(isGraceful, TestContext.Current.CancellationToken);
        await streaming.AwaitTerminationAsync(TestContext.Current.CancellationToken);
        return log.Latest;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task SettleAsync(StreamingContext streaming)
    {
        await streaming.Run!.Ledger.WaitUntilIdleAsync();
        await streaming.Run.Checkpoints!.WaitUntilWrittenAsync();
    }
}
