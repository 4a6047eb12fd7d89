using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Memory;
using CodegenStreaming.TestKit;

namespace CodegenStreaming.CheckpointTool.Tests;

public sealed partial class InspectTests(WrittenCheckpoint written) : IClassFixture<WrittenCheckpoint>
{
    [Fact]
    public void Report_TellsWhatARestartFinds()
    {
        var run = ToolRun.Of("inspect", written.Directory);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("number 3, renewed once", run.Row("number", "3,"));
        Assert.Equal("application shop", run.Row("application"));
        Assert.EndsWith("2026-01-01 00:00:35 UTC, released", run.Row("until"), StringComparison.Ordinal);
        Assert.Contains("Batches of 1 s", run.Rows);
        Assert.Equal("saved after 5 2026-01-01 00:00:05 UTC", run.Row("saved", "after"));
        Assert.Equal("completed 5 2026-01-01 00:00:05 UTC", run.Row("completed"));
        Assert.Equal("planned 5 2026-01-01 00:00:05 UTC", run.Row("planned"));
        Assert.Single(run.Rows, row => row.EndsWith("whole; a restart begins with it", StringComparison.Ordinal));

        Assert.Equal(5, written.Shop.Totals.Count);
        Assert.Matches(@"^totals UpdateStateByKey 2 5 - [3-6] \d+ B$", run.Row("totals"));
        Assert.Matches(@"^visits MapWithState 1 6 - 3 ", run.Row("visits"));
        Assert.Matches($@"^sliding ReduceByKeyAndWindow 3 {written.Shop.Sums.Count} 3 ", run.Row("sliding", "ReduceByKeyAndWindow"));
        Assert.Matches(@"^- batches of ReduceByKeyAndWindow 1 - 3 1 ", run.Row("-", "batches of ReduceByKeyAndWindow"));
        Assert.Matches(@"^all ReduceByWindow - - - 0 0 B$", run.Row("all", "ReduceByWindow"));
        Assert.Contains("state: Visits { Count: int32, Mood: enum Mood, Amounts: list of int32, Note: string }?", run.Rows);
        Assert.Contains("window of 2 batches, a slide of 1", run.Rows);
        Assert.Matches(@"^- File stream of String \d+ B$", run.Row("-", "File"));
        Assert.StartsWith("Whole: a restart goes on from manifest ", run.Rows[^2], StringComparison.Ordinal);
        Assert.Contains("every checksum fits", run.Rows[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("DAMAGED", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_AreThoseOfTheProgram_AsChangesAndRemovalsLeftThem()
    {
        var run = ToolRun.Of("inspect", written.Directory, "--keys", "totals");
        Assert.Equal(0, run.Code);
        Assert.Equal(written.Shop.Totals.OrderBy(total => total.Key), Pairs(run));
        Assert.DoesNotContain("fig", run.Output, StringComparison.Ordinal);
        Assert.Equal("5 keys.", run.Rows[^2]);

        run = ToolRun.Of("inspect", written.Directory, "--keys", "sliding");
        Assert.Equal(written.Shop.Sums.OrderBy(sum => sum.Key).Select(sum => KeyValuePair.Create(sum.Key, (long)sum.Value)), Pairs(run));
    }

    [Fact]
    public void States_AreShownByTheirSchemaAlone_WithTheirTimes()
    {
        var run = ToolRun.Of("inspect", written.Directory, "--keys", "visits");
        Assert.Equal("0 \"apple\" { Count: 4, Mood: Busy, Amounts: [1000], Note: \"often\" } 2026-01-01 00:00:05 UTC", run.Row("0", "\"apple\""));
        Assert.Equal("0 \"kiwi\" { Count: 1, Mood: Calm, Amounts: [6], Note: null } 2026-01-01 00:00:01 UTC", run.Row("0", "\"kiwi\""));
    }

    [Fact]
    public void WindowsOfValuesAndBatches_AreShown()
    {
        Assert.Equal("999", ToolRun.Of("inspect", written.Directory, "--keys", "all").Rows[^2]);
        var run = ToolRun.Of("inspect", written.Directory, "--keys", "batches of ReduceByWindow");
        Assert.Contains("5 0 999", run.Rows);
        Assert.Equal("1 record.", run.Rows[^2]);
    }

    [Fact]
    public void Count_BoundsTheList()
    {
        var run = ToolRun.Of("inspect", written.Directory, "--keys", "totals", "--count", "3");
        Assert.Equal((0, 3), (run.Code, Pairs(run).Count()));
        Assert.Equal("3 of 5 keys; --count shows more.", run.Rows[^2]);
    }

    [Fact]
    public void Json_IsTheReport()
    {
        var run = ToolRun.Of("inspect", written.Directory, "--json");
        Assert.Equal(0, run.Code);
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(report.GetProperty("isWhole").GetBoolean());
        var newest = report.GetProperty("newest");
        Assert.Equal(5, newest.GetProperty("saved").GetProperty("number").GetInt64());
        Assert.Equal(ShopRun.Start.AddSeconds(5), newest.GetProperty("saved").GetProperty("time").GetDateTimeOffset());
        var totals = newest.GetProperty("streams").EnumerateArray().Single(stream => stream.GetProperty("name").GetString() == "totals");
        Assert.Equal(5, totals.GetProperty("keys").GetInt64());
    }

    [Fact]
    public async Task BatchesThatWillRunAgain_AreListed()
    {
        using var folder = new TemporaryFolder();
        await ShopRun.RunAsync(folder.Root, 0, 3, isGraceful: false);
        var run = ToolRun.Of("inspect", folder["checkpoint"]);
        Assert.Equal(0, run.Code);
        Assert.Equal("saved after 0 2026-01-01 00:00:00 UTC", run.Row("saved", "after"));
        Assert.Equal("planned 3 2026-01-01 00:00:03 UTC", run.Row("planned"));
        for (var batch = 1; batch <= 3; batch++)
        {
            Assert.Matches(@"File stream of String of .*Shop \d+ B$", run.Row($"{batch}", $"2026-01-01 00:00:0{batch} UTC"));
        }
    }

    [Fact]
    public void Lease_IsHeld_UntilItIsOver_OrItsProcessIs()
    {
        using var folder = new TemporaryFolder();
        var copy = written.CopyTo(folder);
        var time = new VirtualTime(ShopRun.Start);
        var holder = new LeaseHolder("another\nprogram", "elsewhere", 4711, ShopRun.Start.UtcTicks, Guid.NewGuid());
        CheckpointLease.Acquire(new LocalCheckpointStore(copy), holder, TimeSpan.FromSeconds(30), time, _ => false, new BlockPool());

        var run = ToolRun.At(time, "inspect", copy);
        Assert.Equal("application another\\nprogram", run.Row("application"));
        Assert.Equal("process 4711 on elsewhere, started 2026-01-01 00:00:00 UTC", run.Row("process"));
        Assert.Equal("until 2026-01-01 00:00:30 UTC, held", run.Row("until"));
        time.Advance(TimeSpan.FromSeconds(30));
        run = ToolRun.At(time, "inspect", copy);
        Assert.Equal("until 2026-01-01 00:00:30 UTC, over: it was not renewed", run.Row("until"));

        holder = holder with { Machine = Environment.MachineName, ProcessId = int.MaxValue };
        CheckpointLease.Acquire(new LocalCheckpointStore(copy), holder, TimeSpan.FromSeconds(30), time, _ => false, new BlockPool());
        Assert.Equal("until 2026-01-01 00:01:00 UTC, held by a process that has ended", ToolRun.At(time, "inspect", copy).Row("until"));
    }

    [Fact]
    public void FilesThatNobodyNeeds_AreListed()
    {
        using var folder = new TemporaryFolder();
        var copy = written.CopyTo(folder);
        File.WriteAllText(Path.Combine(copy, FileNames.OfData(1, 1000)), "");
        File.WriteAllText(Path.Combine(copy, FileNames.OfData(3, 1000)), "half");
        File.WriteAllText(Path.Combine(copy, FileNames.OfLease(1, 0)), "");
        File.WriteAllText(Path.Combine(copy, "notes.txt"), "text");
        var run = ToolRun.Of("inspect", copy);
        Assert.Equal(0, run.Code);
        Assert.Equal($"{FileNames.OfData(1, 1000)} 0 B garbage: no manifest needs it", run.Row(FileNames.OfData(1, 1000)));
        Assert.Equal($"{FileNames.OfData(3, 1000)} 4 B no manifest needs it yet: it is being written, or its process has ended", run.Row(FileNames.OfData(3, 1000)));
        Assert.Equal($"{FileNames.OfLease(1, 0)} 0 B garbage: an earlier lease", run.Row(FileNames.OfLease(1, 0)));
        Assert.Equal("notes.txt 4 B not of a checkpoint", run.Row("notes.txt"));
    }

    private static IEnumerable<KeyValuePair<string, long>> Pairs(ToolRun run) => run.Rows
        .Select(row => Entry().Match(row))
        .Where(match => match.Success)
        .Select(match => KeyValuePair.Create(match.Groups[1].Value, long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))
        .OrderBy(pair => pair.Key);

    [GeneratedRegex("^\\d+ \"(.+)\" (-?\\d+)$")]
    private static partial Regex Entry();
}
