using CodegenStreaming.TestKit;

namespace CodegenStreaming.CheckpointTool.Tests;

/// <summary>Runs of the shop in virtual time, whose checkpoint is looked into.</summary>
internal static class ShopRun
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What each second brings.</summary>
    private static readonly string[][] Seconds =
    [
        ["apple 1", "pear 2", "plum 3", "fig 4", "kiwi 6"],
        ["apple 10", "pear -9", "fig 1"],
        ["apple 100", "cherry 5"],
        [],
        ["apple 1000", "pear 7", "fig -8"],
    ];

    /// <summary>Writes a checkpoint in three runs, each of which is stopped gracefully: the first writes states as a whole, the others what they change.</summary>
    /// <param name="folder">Gets the files that the shop reads, and <c>checkpoint</c>.</param>
    public static async Task<Shop> WriteAsync(string folder)
    {
        await RunAsync(folder, 0, 1);
        await RunAsync(folder, 1, 4);
        return await RunAsync(folder, 4, 5);
    }

    /// <summary>Runs some seconds.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="from">The first second.</param>
    /// <param name="until">The one behind the last.</param>
    /// <param name="isGraceful">Whether states are saved at the end.</param>
    public static async Task<Shop> RunAsync(string folder, int from, int until, bool isGraceful = true)
    {
        var input = Path.Combine(folder, "in");
        Directory.CreateDirectory(input);
        var shop = new Shop(input);
        var time = new VirtualTime(Start.AddSeconds(from));
        await using var streaming = StreamingContext.GetOrCreate(Path.Combine(folder, "checkpoint"), () =>
        {
            var created = new StreamingContext(new StreamingOptions { AppName = "shop", Master = "local[2]", CheckpointInterval = TimeSpan.FromMinutes(1) }, time);
            created.Add(shop);
            return created;
        });
        streaming.Start();
        for (var second = from; second < until; second++)
        {
            if (Seconds[second].Length > 0)
            {
                var path = Path.Combine(input, $"{second}.txt");
                File.WriteAllLines(path, Seconds[second]);
                File.SetLastWriteTimeUtc(path, Start.UtcDateTime.AddSeconds(second).AddMilliseconds(500));
            }

            time.Advance(TimeSpan.FromSeconds(1));
            await streaming.Run!.Ledger.WaitUntilIdleAsync();
        }

        await streaming.StopAsync(isGraceful, TestContext.Current.CancellationToken);
        return shop;
    }
}
