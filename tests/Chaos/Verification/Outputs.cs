using System.Globalization;

namespace CodegenStreaming.Chaos.Verification;

/// <summary>What the processes have put out, by batch time.</summary>
internal sealed class Outputs(ChaosFolder folder)
{
    /// <summary>The batch times that have records, or no records: all for which there is a folder.</summary>
    public long[] BatchTimes() =>
    [
        .. Directory.EnumerateDirectories(folder.Output("records"), ChaosFolder.BatchPrefix + "-*")
            .Select(static path => long.Parse(Path.GetFileName(path)[(ChaosFolder.BatchPrefix.Length + 1)..], CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>A batch's records, as text.</summary>
    public IEnumerable<string> RecordsOf(long time) =>
        Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"{folder.Records}/{ChaosFolder.BatchPrefix}-{time}"), "part-*")
            .SelectMany(File.ReadLines);

    /// <summary>A batch's output; null where there is none.</summary>
    public string? TextOf(string output, long time)
    {
        var path = Path.Combine(folder.Output(output), time.ToString(CultureInfo.InvariantCulture));
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>The times of an output's batches.</summary>
    public long[] TimesOf(string output) => !Directory.Exists(folder.Output(output)) ? [] :
    [
        .. Directory.EnumerateFiles(folder.Output(output))
            .Select(static path => Path.GetFileName(path))
            .Where(static name => !name.StartsWith('.'))
            .Select(static name => long.Parse(name, CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>The counts and sums that a state held in the end, by key; null where it was not written down.</summary>
    public Dictionary<int, (long Count, long Sum)>? FinalStates(string name)
    {
        var path = Path.Combine(folder.Output("final"), name);
        return !File.Exists(path) ? null : File.ReadLines(path)
            .Select(static line => line.Split(' ').Select(static word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray())
            .ToDictionary(static words => (int)words[0], static words => (words[1], words[2]));
    }
}
