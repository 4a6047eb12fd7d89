using System.Reflection;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Tests.Checkpoints;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>
/// Checkpoints that earlier versions of the library wrote, kept as files, from which every later version goes on. Where a format changes, a directory is added, by running
/// these tests with ACCEPT_GOLDENS=1 and another <see cref="Version"/>; none is ever changed or removed.
/// </summary>
public sealed class GoldenCheckpointTests : IDisposable
{
    /// <summary>What the directories of the present formats begin with.</summary>
    private const string Version = "1";

    private const int Written = 7;
    private const int End = 12;

    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("golden").FullName;

    public static TheoryData<string> Kept => [.. Directory.EnumerateDirectories(Goldens()).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Checkpoint_OfAnEarlierVersion_IsGoneOnFrom(string name)
    {
        var expected = await RunAsync(new SimulatedStore(isObjectStore: true, new Random(1)), 0, End);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Goldens(), name)))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        Assert.Equal(expected, await RunAsync(new LocalCheckpointStore(_folder), Written, End, isRestored: true));
        Assert.Equal(9, expected.Count);
        Assert.Contains("key4", expected["visits"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stopped", true)]
    [InlineData("ended", false)]
    public async Task PresentFormats_HaveTheirKeptCheckpoint(string name, bool isGraceful)
    {
        var target = Path.Combine(Goldens(), $"{Version}-{name}");
        await RunAsync(new LocalCheckpointStore(_folder), 0, Written, isGraceful);
        if (!Directory.Exists(target) && Environment.GetEnvironmentVariable("ACCEPT_GOLDENS") == "1")
        {
            Directory.CreateDirectory(target);
            foreach (var file in Directory.EnumerateFiles(_folder).Where(static file => !Path.GetFileName(file).StartsWith("lease", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }

        Assert.True(Directory.Exists(target), $"There is no {target}: run the test with ACCEPT_GOLDENS=1 and keep what it writes.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<SortedDictionary<string, string>> RunAsync(ICheckpointStore store, int from, int until, bool isGraceful = true, bool isRestored = false)
    {
        var time = new VirtualTime(Beginning.AddSeconds(from));
        var options = new StreamingOptions { Master = "local[2]", DefaultParallelism = 2, CheckpointInterval = TimeSpan.FromSeconds(4) };
        await using var streaming = new StreamingContext(options, time);
        streaming.UseCheckpoints(store);
        var lines = new GoldenLines();
        var source = new GoldenSource { Available = 3 * from };
        streaming.Add(new GoldenProgram(source, lines));
        streaming.Start();
        Assert.Equal(isRestored, streaming.IsRestored);
        for (var second = from; second < until; second++)
        {
            await streaming.Run!.Ledger.WaitUntilIdleAsync();
            await streaming.Run.Checkpoints!.WaitUntilWrittenAsync();
            source.Available = 3 * (second + 1);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await streaming.Run!.Ledger.WaitUntilIdleAsync();
        await streaming.StopAsync(isGraceful, TestContext.Current.CancellationToken);
        await streaming.AwaitTerminationAsync(TestContext.Current.CancellationToken);
        return lines.Latest;
    }

    // Not by the source file's path, which a deterministic build does not know.
    private static string Goldens() =>
        typeof(GoldenCheckpointTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Goldens").Value!;
}
