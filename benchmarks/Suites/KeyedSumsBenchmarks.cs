using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Sums by key over a million random integer keys, a hundred thousand records a batch.</summary>
public class KeyedSumsBenchmarks : HeroicWorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new KeyedSumsWorkload();
}
