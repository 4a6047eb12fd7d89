using System.Globalization;
using System.Text;
using System.Text.Json;
using CodegenStreaming.Benchmarks.Expressions;
using CodegenStreaming.Benchmarks.Ratios;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Page;

/// <summary>
/// The tables of the page, each between the comments <c>&lt;!-- table: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>: <c>ratios</c>, <c>libraries</c>,
/// <c>allocations</c> and <c>expressions</c>.
/// </summary>
internal sealed class PageTables
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] Loops = [ContenderNames.Hand, ContenderNames.BranchFree, ContenderNames.Heroic, ContenderNames.Fused, ContenderNames.Unfused];

    private readonly ILookup<string, Measurement> _workloads;
    private readonly ChainVerdict[] _verdicts;

    private PageTables(Measurement[] measurements, ChainVerdict[] verdicts)
    {
        _workloads = measurements.ToLookup(measurement => measurement.Workload);
        _verdicts = verdicts;
    }

    /// <summary>Reads <c>ratios.json</c> and <c>expressions.json</c> of a folder; one that is missing leaves its tables empty.</summary>
    public static PageTables Read(string folder) =>
        new(ReadArray<Measurement>(Path.Combine(folder, "ratios.json")), ReadArray<ChainVerdict>(Path.Combine(folder, "expressions.json")));

    /// <summary>Puts the tables into the page's text.</summary>
    public string WriteInto(string page)
    {
        page = Replace(page, "ratios", Ratios());
        page = Replace(page, "libraries", Libraries());
        page = Replace(page, "allocations", Allocations());
        return Replace(page, "expressions", Expressions());
    }

    /// <summary>How many times as fast as the loop by hand.</summary>
    private string Ratios() => Table(
        ["workload", "hand, M/s", "hand", "branch-free", "heroic", "fused", "unfused"],
        _workloads.Select(workload => (string[])
            [workload.Key, Rate(Find(workload, ContenderNames.Hand)), .. Loops.Select(name => Times(Find(workload, name)))]));

    /// <summary>The same of other libraries, beside the fused loops.</summary>
    private string Libraries()
    {
        string[] names = [ContenderNames.Fused, .. ContenderNames.All.Except(Loops)];
        return Table(
            ["workload", .. names],
            _workloads.Select(workload => (string[])[workload.Key, .. names.Select(name => Times(Find(workload, name)))]));
    }

    private string Allocations()
    {
        string[] names = [ContenderNames.Hand, ContenderNames.Fused, ContenderNames.Unfused, .. ContenderNames.All.Except(Loops)];
        return Table(
            ["workload", .. names, "fused, a batch"],
            _workloads.Select(workload => (string[])
                [workload.Key, .. names.Select(name => Bytes(Find(workload, name))), Find(workload, ContenderNames.Fused)?.BytesPerBatch.ToString("N0", CultureInfo.InvariantCulture) ?? "–"]));
    }

    private string Expressions()
    {
        if (_verdicts.Length == 0)
        {
            return "";
        }

        double[] ratios = [.. _verdicts.Select(verdict => verdict.HandOverFused).Order()];
        return Table(
            ["programs", "vectorised", "median", "a tenth below", "least", "most", "below 0.95"],
            [
                [
                    $"{_verdicts.Length}",
                    Format(100.0 * _verdicts.Count(verdict => verdict.IsVectorised) / _verdicts.Length, "0") + " %",
                    Format(ratios[ratios.Length / 2], "0.0") + " ×",
                    Format(ratios[ratios.Length / 10], "0.0") + " ×",
                    Format(ratios[0], "0.00") + " ×",
                    Format(ratios[^1], "0") + " ×",
                    $"{ratios.Count(ratio => ratio < 0.95)}",
                ],
            ]);
    }

    private static string Replace(string page, string name, string table)
    {
        var begin = $"<!-- table: {name} -->\n";
        const string end = "<!-- end -->";
        var start = page.IndexOf(begin, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new InvalidOperationException($"docs/performance.md has no place for the table '{name}'.");
        }

        start += begin.Length;
        return string.Concat(page.AsSpan(0, start), table, page.AsSpan(page.IndexOf(end, start, StringComparison.Ordinal)));
    }

    private static string Table(string[] heads, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", heads).Append(" |\n|---|").Append(string.Concat(Enumerable.Repeat("--:|", heads.Length - 1))).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        return text.ToString();
    }

    private static T[] ReadArray<T>(string path) => File.Exists(path) ? JsonSerializer.Deserialize<T[]>(File.ReadAllText(path), Json)! : [];

    private static Measurement? Find(IEnumerable<Measurement> measurements, string contender) =>
        measurements.FirstOrDefault(measurement => measurement.Contender == contender);

    private static string Rate(Measurement? one) => one is null ? "–" : Format(one.RecordsPerSecond / 1e6, one.RecordsPerSecond < 1e8 ? "0.0" : "0");

    private static string Times(Measurement? one) => one is null ? "–" : Format(1 / one.TimeOverHandWritten, one.TimeOverHandWritten > 0.1 ? "0.00" : "0.0");

    private static string Bytes(Measurement? one) => one is null ? "–" : Format(one.BytesPerRecord, one.BytesPerRecord < 10 ? "0.0" : "0");

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
