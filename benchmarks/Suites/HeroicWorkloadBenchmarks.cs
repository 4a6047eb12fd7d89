using BenchmarkDotNet.Attributes;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>The rows of a workload whose limit is known.</summary>
public abstract class HeroicWorkloadBenchmarks : WorkloadBenchmarks
{
    [Benchmark]
    public long Heroic() => Run(ContenderNames.Heroic);
}
