using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace CodegenStreaming.Benchmarks.Expressions;

/// <summary>The command <c>expressions</c>: random numeric chains, compiled with the generator and compared with the loops that one writes by hand for them.</summary>
internal static class ExpressionsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var programs = new System.CommandLine.Option<int>("--programs") { Description = "How many programs.", DefaultValueFactory = _ => 100, HelpName = "N" };
        var seed = new System.CommandLine.Option<int>("--seed") { Description = "Which programs: the same seed gives the same ones.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var records = new System.CommandLine.Option<int>("--records") { Description = "The records of a batch.", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };
        var only = new System.CommandLine.Option<int?>("--program") { Description = "Runs only the program of this number, and shows its source.", HelpName = "N" };
        var json = new System.CommandLine.Option<FileInfo?>("--json") { Description = "Also write the figures to this file.", HelpName = "FILE" };
        var command = new Command("expressions", "Judges the loops of random numeric chains: are they vectorised, right, and faster than the loops that one writes by hand?")
        {
            programs, seed, records, only, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(programs), parsed.GetValue(seed), parsed.GetValue(records), parsed.GetValue(only), parsed.GetValue(json)));
        return command;
    }

    private static int Run(int count, int seed, int records, int? only, FileInfo? json)
    {
        ChainProgram[] programs = [.. Enumerable.Range(0, count).Where(number => only is null || number == only).Select(number => ChainProgram.Create(number, (seed * 100_003) + number))];
        if (only is not null)
        {
            Console.WriteLine(string.Join('\n', programs.Select(program => program.Source)));
        }

        var assembly = ChainCompiler.Compile(programs);
        var verdicts = new List<ChainVerdict>();
        foreach (var program in programs)
        {
            verdicts.Add(ChainJudge.Judge(program, assembly, records, seed + program.Number));
            Write(verdicts[^1]);
        }

        Summarize(verdicts, seed);
        if (json is not null)
        {
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(verdicts, Json) + "\n");
        }

        return verdicts.Any(verdict => verdict.Difference is not null) ? 1 : 0;
    }

    private static void Write(ChainVerdict verdict)
    {
        Line($"{verdict.Number,4}  {(verdict.IsVectorised ? "vector" : "scalar")}  {verdict.HandOverFused,7:0.00} ×   hand {verdict.HandNanoseconds,6:0.00} ns   fused {verdict.FusedNanoseconds,6:0.00} ns");
        if (!verdict.IsVectorised || verdict.HandOverFused < 0.95 || verdict.Difference is not null)
        {
            Console.WriteLine(verdict.Chain);
        }

        if (verdict.Difference is not null)
        {
            Line($"      WRONG: {verdict.Difference}");
        }
    }

    private static void Summarize(List<ChainVerdict> verdicts, int seed)
    {
        double[] ratios = [.. verdicts.Select(verdict => verdict.HandOverFused).Order()];
        Console.WriteLine();
        Line($"programs            {verdicts.Count} (seed {seed})");
        Line($"wrong results       {verdicts.Count(verdict => verdict.Difference is not null)}");
        Line($"vectorised          {100.0 * verdicts.Count(verdict => verdict.IsVectorised) / verdicts.Count:0} %");
        Line($"hand ÷ fused        median {ratios[ratios.Length / 2]:0.00}, least {ratios[0]:0.00}, a tenth below {ratios[ratios.Length / 10]:0.00}, most {ratios[^1]:0.00}");
        Line($"slower than 0.95    {ratios.Count(ratio => ratio < 0.95)}");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
