using System.CommandLine;
using CodegenStreaming.Chaos.Child;
using CodegenStreaming.Chaos.Regime;

var kills = new Option<int>("--kills") { Description = "How often a process is killed.", DefaultValueFactory = _ => 100 };
var records = new Option<long?>("--records") { Description = "How many records there are; a million, or less for few kills, where this is not given." };
var keys = new Option<int>("--keys") { Description = "How many keys they have.", DefaultValueFactory = _ => 110_000 };
var pace = new Option<int>("--pace") { Description = "How many milliseconds a process lives on average behind its first batch.", DefaultValueFactory = _ => 1500 };
var seed = new Option<int?>("--seed") { Description = "What chance begins with. The processes' own timing stays what it is." };
var folder = new Option<string?>("--folder") { Description = "An empty folder for everything, which is kept." };

var child = new Option<string?>("--child") { Hidden = true };
var life = new Option<int>("--life") { Hidden = true };
var threads = new Option<int>("--threads") { Hidden = true };
var partitions = new Option<int>("--partitions") { Hidden = true };
var fused = new Option<bool>("--fused") { Hidden = true };

var command = new RootCommand("Kills a program with state again and again, and compares what it leaves with what it would have left without.")
{
    kills, records, keys, pace, seed, folder, child, life, threads, partitions, fused,
};
command.SetAction(async (parsed, _) =>
{
    if (parsed.GetValue(child) is { } root)
    {
        return await ChildProgram.RunAsync(new ChildSetting(
            root, parsed.GetValue(life), parsed.GetValue(keys), parsed.GetValue(threads), parsed.GetValue(partitions), parsed.GetValue(fused)));
    }

    using var run = new ChaosRun(new ChaosSetting(
        parsed.GetValue(kills),
        parsed.GetValue(records) ?? Math.Min(1_000_000, 20_000L * parsed.GetValue(kills)),
        parsed.GetValue(keys),
        TimeSpan.FromMilliseconds(parsed.GetValue(pace)),
        parsed.GetValue(seed) ?? Random.Shared.Next(),
        parsed.GetValue(folder)));
    return run.Run();
});
return await command.Parse(args).InvokeAsync();
