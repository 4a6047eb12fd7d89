using System.Diagnostics;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Ratios;

/// <summary>
/// Measures the contenders of one workload against each other. Rounds are interleaved: in each of them every contender runs once, just after the
/// hand-written loop. A contender's best round counts: whatever else the machine does can only make a round slower.
/// </summary>
internal sealed class Comparison(Workload workload, IReadOnlyList<Contender> contenders, BenchmarkClock clock)
{
    private const int MinimumRounds = 3;
    private const int MaximumRounds = 300;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SampleLength = TimeSpan.FromMilliseconds(4);

    private readonly Entrant[] _hand = [.. contenders.Where(contender => contender.Name == ContenderNames.Hand).Select(contender => new Entrant(contender, clock))];
    private readonly Entrant[] _others = [.. contenders.Where(contender => contender.Name != ContenderNames.Hand).Select(contender => new Entrant(contender, clock))];

    /// <exception cref="InvalidOperationException">The contenders disagree about the result.</exception>
    /// <param name="deadline">When to end, as a timestamp of <see cref="Stopwatch"/>; each contender gets at least three rounds.</param>
    public IReadOnlyList<Measurement> Measure(long deadline)
    {
        Prepare();
        for (var round = 0; round < MaximumRounds && (round < MinimumRounds || Stopwatch.GetTimestamp() < deadline); round++)
        {
            RunRound(round);
        }

        var hand = _hand.MinBy(form => form.Best)!;
        return
        [
            .. _others.Prepend(hand)
                .GroupBy(entrant => entrant.Contender.Name)
                .Select(forms => forms.MinBy(form => form.Best)!)
                .Select(entrant => new Measurement(
                    workload.Name,
                    entrant.Contender.Name,
                    workload.Records / entrant.Best,
                    entrant.Best / hand.Best,
                    entrant == hand ? 1 : Median(entrant.Ratios),
                    (double)entrant.Bytes / workload.Records,
                    entrant.Bytes / workload.Batches)),
        ];
    }

    private void RunRound(int round)
    {
        if (_others.Length == 0)
        {
            TimeByHand();
        }

        for (var turn = 0; turn < _others.Length; turn++)
        {
            var byHand = TimeByHand();
            _others[(turn + round) % _others.Length].Run(byHand);
        }
    }

    /// <summary>Seconds for a run by the better form of the hand-written loop.</summary>
    private double TimeByHand() => _hand.Min(form => form.Run(null));

    /// <summary>Compares the results, and runs each contender until its code is compiled for good.</summary>
    private void Prepare()
    {
        long? expected = null;
        foreach (var entrant in _hand.Concat(_others))
        {
            var actual = entrant.WarmUpFor(WarmUp);
            expected ??= actual;
            if (actual != expected)
            {
                throw new InvalidOperationException($"{workload.Name}: the result of '{entrant.Contender.Name}' has the checksum {actual}, that of '{ContenderNames.Hand}' {expected}.");
            }
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>A contender and what was measured of it.</summary>
    private sealed class Entrant(Contender contender, BenchmarkClock clock)
    {
        private int _runsPerSample = 1;

        public Contender Contender => contender;

        /// <summary>Seconds for a run in the best round.</summary>
        public double Best { get; private set; } = double.PositiveInfinity;

        /// <summary>The least that a run allocated: the first ones fill pools.</summary>
        public long Bytes { get; private set; } = long.MaxValue;

        /// <summary>Of each round, the time over that of the hand-written loop.</summary>
        public List<double> Ratios { get; } = [];

        /// <summary>Returns the checksum of the last run.</summary>
        public long WarmUpFor(TimeSpan length)
        {
            var start = Stopwatch.GetTimestamp();
            long checksum;
            var runs = 0;
            do
            {
                checksum = contender.RunBatch();
                runs++;
            }
            while (Stopwatch.GetElapsedTime(start) < length);

            _runsPerSample = Math.Max(1, (int)(SampleLength / (Stopwatch.GetElapsedTime(start) / runs)));
            return checksum;
        }

        /// <summary>Seconds for a run in this round.</summary>
        public double Run(double? byHand)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true); // What the one before left behind is not this one's to clean up.
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var start = clock.Now;
            for (var run = 0; run < _runsPerSample; run++)
            {
                contender.RunBatch();
            }

            var seconds = (clock.Now - start) / _runsPerSample;
            Bytes = Math.Min(Bytes, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / _runsPerSample);
            Best = Math.Min(Best, seconds);
            if (byHand is { } hand)
            {
                Ratios.Add(seconds / hand);
            }

            return seconds;
        }
    }
}
