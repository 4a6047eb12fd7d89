using System.Diagnostics;

namespace CodegenStreaming.Benchmarks.Ratios;

/// <summary>
/// Elapsed time, or the processor time of all threads of the process: the latter says what a contender costs on a machine that has other work to do,
/// where an engine with a thread of its own waits for its turn longer than it runs.
/// </summary>
internal sealed class BenchmarkClock(bool isProcessorTime)
{
    /// <summary>Seconds since some moment.</summary>
    public double Now => isProcessorTime ? Environment.CpuUsage.TotalTime.TotalSeconds : (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;
}
