using System.Diagnostics;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Ratios;

/// <summary>Tries the forms of a contender: which one the compiler treats better differs from machine to machine.</summary>
internal static class FastestForm
{
    private const int WarmUpBatches = 40;
    private const int TimedBatches = 11;

    public static Contender Of(IEnumerable<Contender> forms)
    {
        var all = forms.ToArray();
        return all is [var only] ? only : all.MinBy(Time)!;
    }

    private static TimeSpan Time(Contender contender)
    {
        for (var batch = 0; batch < WarmUpBatches; batch++)
        {
            contender.RunBatch();
        }

        var best = TimeSpan.MaxValue;
        for (var batch = 0; batch < TimedBatches; batch++)
        {
            var start = Stopwatch.GetTimestamp();
            contender.RunBatch();
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return best;
    }
}
