using System.Diagnostics;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Ratios;

/// <summary>
/// Measures the contenders of one workload against each other. Rounds are interleaved: each runs every contender once, beginning with another
/// one each time. A contender's best round counts: whatever else the machine does can only make a round slower.
/// </summary>
internal sealed class Comparison(string workload, IReadOnlyList<Contender> contenders)
{
    private const int MinimumRounds = 3;
    private const int MaximumRounds = 500;
    private const int AllocationBatches = 2;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SampleLength = TimeSpan.FromMilliseconds(4);

    /// <exception cref="InvalidOperationException">The contenders disagree about the result.</exception>
    /// <param name="deadline">When to end, as a timestamp of <see cref="Stopwatch"/>.</param>
    public IReadOnlyList<Measurement> Measure(long deadline)
    {
        CheckResults();
        var repetitions = contenders.Select(Prepare).ToArray();
        var times = contenders.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < MaximumRounds && (round < MinimumRounds || Stopwatch.GetTimestamp() < deadline); round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var index = (turn + round) % contenders.Count;
                times[index].Add(Time(contenders[index], repetitions[index]));
            }
        }

        var hand = Best(Enumerable.Range(0, contenders.Count).Where(index => contenders[index].Name == Workload.Hand), times);
        return
        [
            .. Enumerable.Range(0, contenders.Count)
                .GroupBy(index => contenders[index].Name)
                .Select(forms => Best(forms, times))
                .Select(index => new Measurement(
                    workload,
                    contenders[index].Name,
                    Workload.BatchSize / times[index].Min(),
                    times[index].Min() / times[hand].Min(),
                    (double)Allocated(contenders[index]) / Workload.BatchSize)),
        ];
    }

    private void CheckResults()
    {
        var expected = contenders[0].RunBatch();
        foreach (var contender in contenders)
        {
            var actual = contender.RunBatch();
            if (actual != expected)
            {
                throw new InvalidOperationException($"{workload}: the result of '{contender.Name}' has the checksum {actual}, that of '{contenders[0].Name}' {expected}.");
            }
        }
    }

    /// <summary>Runs a contender until its code is compiled for good, and says how many batches make one sample.</summary>
    private static int Prepare(Contender contender)
    {
        var start = Stopwatch.GetTimestamp();
        var batches = 0;
        do
        {
            contender.RunBatch();
            batches++;
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUp);

        var perBatch = Stopwatch.GetElapsedTime(start) / batches;
        return Math.Max(1, (int)(SampleLength / perBatch));
    }

    /// <summary>Seconds for one batch.</summary>
    private static double Time(Contender contender, int repetitions)
    {
        GC.Collect(0, GCCollectionMode.Forced, blocking: true); // What the one before left behind is not this one's to clean up.
        var start = Stopwatch.GetTimestamp();
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            contender.RunBatch();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / repetitions;
    }

    private static long Allocated(Contender contender)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var batch = 0; batch < AllocationBatches; batch++)
        {
            contender.RunBatch();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / AllocationBatches;
    }

    private static int Best(IEnumerable<int> forms, List<double>[] times) => forms.MinBy(index => times[index].Min());
}
