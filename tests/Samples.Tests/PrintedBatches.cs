using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>What the program printed, read as a person would.</summary>
internal sealed partial class PrintedBatches
{
    private readonly List<(long Time, Dictionary<string, int> Counts)> _batches = [];

    private PrintedBatches(string output)
    {
        foreach (Match batch in Batch().Matches(output))
        {
            var counts = Pair().Matches(batch.Groups["records"].Value)
                .ToDictionary(pair => pair.Groups["word"].Value, pair => int.Parse(pair.Groups["count"].Value, CultureInfo.InvariantCulture));
            _batches.Add((long.Parse(batch.Groups["time"].Value, CultureInfo.InvariantCulture), counts));
        }
    }

    public int Count => _batches.Count;

    public IReadOnlyList<long> Times => [.. _batches.Select(batch => batch.Time)];

    public IReadOnlyList<IReadOnlyDictionary<string, int>> Batches => [.. _batches.Select(batch => batch.Counts)];

    /// <summary>The words of all batches together.</summary>
    public Dictionary<string, int> Totals => _batches.SelectMany(batch => batch.Counts).GroupBy(pair => pair.Key).ToDictionary(
        pairs => pairs.Key, pairs => pairs.Sum(pair => pair.Value));

    public static PrintedBatches Read(string output) => new(output);

    [GeneratedRegex(@"^-{43}\nTime: (?<time>\d+) ms\n-{43}\n(?<records>(\(.*\)\n)*)(\.\.\.\n)?(\n|$|\Z)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Batch();

    [GeneratedRegex(@"^\((?<word>.*),(?<count>\d+)\)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Pair();
}
