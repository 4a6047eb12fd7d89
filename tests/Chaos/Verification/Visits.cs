using System.Globalization;

namespace CodegenStreaming.Chaos.Verification;

/// <summary>What the state with time-outs does, in plain code.</summary>
internal sealed class Visits(long timeout)
{
    private readonly Dictionary<int, long> _updated = [];
    private readonly Queue<(long Time, int Key)> _byTime = new();

    public Totals Totals { get; } = new();

    public long TimedOut { get; private set; }

    /// <summary>Runs a batch.</summary>
    /// <returns>What it puts out, in no order.</returns>
    public List<string> Run(long time, IReadOnlyList<(int Key, long Number)> records)
    {
        var output = new List<string>(records.Count);
        foreach (var (key, number) in records)
        {
            var count = Totals.Add(key, 1, number);
            _updated[key] = time;
            _byTime.Enqueue((time, key));
            output.Add(string.Create(CultureInfo.InvariantCulture, $"{key} {count}"));
        }

        while (_byTime.TryPeek(out var oldest) && time > oldest.Time + timeout)
        {
            _byTime.Dequeue();
            if (_updated.GetValueOrDefault(oldest.Key) == oldest.Time && Totals.Entries.TryGetValue(oldest.Key, out var total))
            {
                output.Add(string.Create(CultureInfo.InvariantCulture, $"{oldest.Key} left {total.Count} {total.Sum}"));
                Totals.Add(oldest.Key, -total.Count, -total.Sum);
                _updated.Remove(oldest.Key);
                TimedOut++;
            }
        }

        return output;
    }
}
