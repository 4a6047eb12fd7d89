using BenchmarkDotNet.Attributes;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>The one billion row challenge with ten million rows.</summary>
public class OneBrcBenchmarks : HeroicWorkloadBenchmarks
{
    [Params(413, 10_000)]
    public int Stations { get; set; }

    private protected override Workload CreateWorkload() => new OneBrcWorkload(Stations);
}
