using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Filter, map and reduce over one field of a record of sixteen bytes.</summary>
public class NumericStructBenchmarks : HeroicWorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new NumericStructWorkload();
}
