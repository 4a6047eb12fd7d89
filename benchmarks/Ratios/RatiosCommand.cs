using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Ratios;

/// <summary>The command <c>ratios</c>: every workload by every contender, side by side, in one process.</summary>
internal static class RatiosCommand
{
    private const double DefaultSeconds = 5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var json = new System.CommandLine.Option<FileInfo?>("--json") { Description = "Also write the figures to this file.", HelpName = "FILE" };
        var only = NameList("--only", "Measure these workloads only", [.. WorkloadCatalog.Create().Select(workload => workload.Name)]);
        var names = NameList("--contenders", "Show these contenders only", ContenderNames.All);
        var seconds = new System.CommandLine.Option<double>("--seconds") { Description = "What each contender may take on a workload; three rounds it gets anyway.", DefaultValueFactory = _ => DefaultSeconds, HelpName = "N" };
        var processorTime = new System.CommandLine.Option<bool>("--processor-time") { Description = "Measure the processor time of all threads instead of elapsed time: on a machine that has other work to do." };
        var command = new Command("ratios", "Compares generated loops with loops written by hand and with other libraries. With --contenders hand,fused it takes less than three minutes.")
        {
            json, only, names, seconds, processorTime,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(only)!,
            parsed.GetValue(names)!,
            parsed.GetValue(json),
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            new BenchmarkClock(parsed.GetValue(processorTime))));
        return command;
    }

    private static int Run(string[] only, string[] contenders, FileInfo? json, TimeSpan perContender, BenchmarkClock clock)
    {
        var workloads = WorkloadCatalog.Create().Where(workload => only.Contains(workload.Name)).ToArray();
        var table = new RatioTable(Console.Out, contenders);
        var all = new List<Measurement>();
        table.WriteHeader();
        foreach (var workload in workloads)
        {
            using (workload)
            {
                var measured = Measure(workload, contenders, perContender, clock);
                table.WriteLine(workload.Name, measured);
                all.AddRange(measured);
            }

            GC.Collect();
        }

        if (json is not null)
        {
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(all, Json) + "\n");
        }

        return 0;
    }

    /// <summary>The loop by hand always runs: it is what the others are compared with.</summary>
    private static Measurement[] Measure(Workload workload, string[] contenders, TimeSpan perContender, BenchmarkClock clock)
    {
        var running = workload.CreateContenders().Where(contender => contender.Name == ContenderNames.Hand || contenders.Contains(contender.Name)).ToArray();
        var others = running.Count(contender => contender.Name != ContenderNames.Hand);
        var deadline = Stopwatch.GetTimestamp() + (long)((perContender * Math.Max(1, others)).TotalSeconds * Stopwatch.Frequency);
        var measured = new Comparison(workload, running, clock).Measure(deadline);
        return [.. measured.Where(measurement => contenders.Contains(measurement.Contender))];
    }

    private static System.CommandLine.Option<string[]> NameList(string name, string description, IReadOnlyList<string> known) => new(name)
    {
        Description = $"{description}: {string.Join(", ", known)}.",
        HelpName = "NAME,…",
        DefaultValueFactory = _ => [.. known],
        CustomParser = result =>
        {
            var chosen = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
            if (chosen.FirstOrDefault(one => !known.Contains(one)) is { } unknown)
            {
                result.AddError($"'{unknown}' is none of: {string.Join(", ", known)}.");
            }

            return [.. known.Where(chosen.Contains)];
        },
    };
}
