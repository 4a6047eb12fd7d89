using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>A chain over pairs of a string and a number.</summary>
public class PairsBenchmarks : WorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new PairsWorkload();
}
