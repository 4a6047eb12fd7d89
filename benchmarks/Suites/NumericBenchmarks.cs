using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Filter, map and reduce over integers.</summary>
public class NumericBenchmarks : WorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new NumericWorkload();
}
