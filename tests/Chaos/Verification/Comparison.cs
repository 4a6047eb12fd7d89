using System.Globalization;
using CodegenStreaming.Chaos.Child;
using CodegenStreaming.Chaos.Regime;

namespace CodegenStreaming.Chaos.Verification;

/// <summary>
/// Compares what there is with what there would be without any disturbance. Which record came in which batch is for the clock to say; everything else follows: each
/// record is in one batch, and what each batch has put out of its states and windows is computed again here in plain code from the records of the batches.
/// </summary>
internal sealed class Comparison
{
    private const int ShownProblems = 12;

    private readonly List<string> _problems = [];
    private readonly Outputs _outputs;
    private readonly ChaosSetting _setting;

    private Comparison(ChaosFolder folder, ChaosSetting setting) => (_outputs, _setting) = (new Outputs(folder), setting);

    public int Batches { get; private set; }

    public int Windows { get; private set; }

    public long Records { get; private set; }

    public int LiveKeys { get; private set; }

    public long TimedOut { get; private set; }

    /// <summary>Records that are missing in an output or in a state in the end.</summary>
    public long Lost { get; private set; }

    /// <summary>Records that are there more than once.</summary>
    public long Doubled { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    public static Comparison Of(ChaosFolder folder, ChaosSetting setting)
    {
        var comparison = new Comparison(folder, setting);
        comparison.Compare();
        return comparison;
    }

    private void Compare()
    {
        var interval = (long)CountedNumbers.Interval.TotalMilliseconds;
        var times = _outputs.BatchTimes();
        Batches = times.Length;
        if (times.Length == 0)
        {
            Lost = _setting.Records;
            return;
        }

        Check(times[^1] - times[0] == (times.Length - 1) * interval, () => $"There are {times.Length} batches from {times[0]} to {times[^1]}: some are missing");
        var seen = new byte[_setting.Records];
        var totals = new Totals();
        var visits = new Visits((long)CountedNumbers.Timeout.TotalMilliseconds);
        var window = new SlidingModel((long)CountedNumbers.Window.TotalMilliseconds);
        var windowTimes = _outputs.TimesOf("window").ToHashSet();
        Windows = windowTimes.Count;
        Check(Windows >= (Batches / 2) - 1, () => $"There are {Windows} windows of {Batches} batches");
        foreach (var time in times)
        {
            var numbers = _outputs.RecordsOf(time).Select(Parse).ToList();
            Check(!numbers.Contains(-1), () => $"The batch {time} has put out what is no number");
            numbers.RemoveAll(static number => number < 0);
            var records = numbers.Select(number => (Key: Numbers.KeyOf(number, _setting.Keys), Number: number)).ToList();
            var sums = new Dictionary<int, long>();
            foreach (var (key, number) in records)
            {
                seen[number]++;
                sums[key] = sums.GetValueOrDefault(key) + number;
                totals.Add(key, 1, number);
            }

            Same("sums", time, sums.Aggregate(default(Fingerprint), static (all, pair) => all + Fingerprint.Of(pair.Key, pair.Value, 0)));
            Same("totals", time, totals.Fingerprint);
            var current = window.Slide(time, records.Select(static record => record.Key));
            if (windowTimes.Contains(time))
            {
                Same("window", time, current);
            }

            SameLines(time, visits.Run(time, records));
        }

        Records = seen.Count(static count => count > 0);
        Lost = seen.Count(static count => count == 0);
        Doubled = seen.Sum(static count => Math.Max(0, count - 1));
        TimedOut = visits.TimedOut;
        CompareStates(visits.Totals);
    }

    /// <summary>The states in the end: the totals are those of all numbers there are, whatever the batches say.</summary>
    private void CompareStates(Totals visits)
    {
        var undisturbed = new Totals();
        for (long number = 0; number < _setting.Records; number++)
        {
            undisturbed.Add(Numbers.KeyOf(number, _setting.Keys), 1, number);
        }

        if (_outputs.FinalStates("totals") is not { } totals || _outputs.FinalStates("visits") is not { } found)
        {
            _problems.Add("The states were not written down in the end");
            return;
        }

        LiveKeys = totals.Count;
        SameStates("totals", undisturbed.Entries, totals);
        SameStates("visits", visits.Entries, found);
    }

    private void SameStates(string name, IReadOnlyDictionary<int, (long Count, long Sum)> expected, Dictionary<int, (long Count, long Sum)> found)
    {
        foreach (var key in expected.Keys.Union(found.Keys))
        {
            var (should, does) = (expected.GetValueOrDefault(key), found.GetValueOrDefault(key));
            Lost += Math.Max(0, should.Count - does.Count);
            Doubled += Math.Max(0, does.Count - should.Count);
            Check(should == does, () => $"The state {name} has {does} of the key {key} in the end, where {should} is right");
        }
    }

    private long Parse(string line) =>
        long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _setting.Records ? number : -1;

    private void Same(string output, long time, Fingerprint expected)
    {
        var text = _outputs.TextOf(output, time);
        Check(text == expected.ToString(), () => $"The batch {time} has put out {text ?? "nothing"} of {output}, where {expected} is right");
    }

    private void SameLines(long time, List<string> expected)
    {
        var text = _outputs.TextOf("visits", time);
        var found = text is null ? [] : text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Check(
            text is not null && found.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)),
            () => $"The batch {time} has put out of visits: missing {string.Join(", ", expected.Except(found).Take(5))}; too much {string.Join(", ", found.Except(expected).Take(5))}");
    }

    private void Check(bool isRight, Func<string> problem)
    {
        if (!isRight && _problems.Count < ShownProblems)
        {
            _problems.Add(problem());
        }
    }

    /// <summary>The counts of the batches of a window.</summary>
    private sealed class SlidingModel(long length)
    {
        private readonly Totals _counts = new();
        private readonly Queue<(long Time, int[] Keys)> _batches = new();

        public Fingerprint Slide(long time, IEnumerable<int> keys)
        {
            _batches.Enqueue((time, [.. keys]));
            foreach (var key in _batches.Last().Keys)
            {
                _counts.Add(key, 1, 0);
            }

            while (_batches.Peek().Time <= time - length)
            {
                foreach (var key in _batches.Dequeue().Keys)
                {
                    _counts.Add(key, -1, 0);
                }
            }

            return _counts.Fingerprint;
        }
    }
}
