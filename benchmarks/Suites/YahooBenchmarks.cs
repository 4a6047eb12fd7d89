using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>The Yahoo streaming benchmark over parsed records.</summary>
public class YahooBenchmarks : HeroicWorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new YahooWorkload();
}
