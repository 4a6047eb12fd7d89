using CodegenStreaming.Tests.Checkpoints;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>A program that reads files and is started again and again over one store of checkpoints, under virtual time. Its definition is plain code.</summary>
internal sealed class RestartedProgram : IDisposable
{
    public static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SimulatedStore Store { get; } = new(isObjectStore: true, new Random(1));

    public string Folder { get; } = Directory.CreateTempSubdirectory("restarted").FullName;

    /// <summary>The seconds that have passed.</summary>
    public int Second { get; set; }

    /// <summary>What the definition has noted.</summary>
    public List<string> Lines { get; } = [];

    public RecordedLog Log { get; } = new();

    /// <summary>The number of a batch: that of its second.</summary>
    public static long NumberOf(BatchTime time) => (time.Milliseconds - Beginning.ToUnixTimeMilliseconds()) / 1000;

    public void Write(string name, double second, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllLines(path, lines);
        File.SetLastWriteTimeUtc(path, Beginning.UtcDateTime.AddSeconds(second).AddMilliseconds(-100));
    }

    /// <summary>Runs for some seconds.</summary>
    /// <param name="seconds">How many.</param>
    /// <param name="define">Defines the streams.</param>
    /// <param name="isGraceful">Whether it is stopped so that everything is saved; otherwise it ends with the last checkpoint as it is.</param>
    /// <param name="change">Other options.</param>
    /// <param name="before">Called before each second, and in the end.</param>
    public async Task RunAsync(
        int seconds, Action<StreamingContext> define, bool isGraceful = true, Action<StreamingOptions>? change = null, Action<StreamingContext, int>? before = null)
    {
        var time = new VirtualTime(Beginning.AddSeconds(Second));
        var options = new StreamingOptions { Master = "local[2]" };
        change?.Invoke(options);
        await using var streaming = new StreamingContext(options, time, Log, TextWriter.Null);
        streaming.UseCheckpoints(Store);
        define(streaming);
        streaming.Start();
        for (var second = 0; second < seconds; second++)
        {
            await streaming.Run!.Ledger.WaitUntilIdleAsync();
            await streaming.Run.Checkpoints!.WaitUntilWrittenAsync();
            before?.Invoke(streaming, second);
            time.Advance(TimeSpan.FromSeconds(1));
            Second++;
        }

        await streaming.Run!.Ledger.WaitUntilIdleAsync();
        await streaming.Run.Checkpoints!.WaitUntilWrittenAsync();
        before?.Invoke(streaming, seconds);
        await streaming.StopAsync(isGraceful, TestContext.Current.CancellationToken);
        await streaming.AwaitTerminationAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
