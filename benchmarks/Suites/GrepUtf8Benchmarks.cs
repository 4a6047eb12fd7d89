using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Counts the lines that contain a word, in UTF-8.</summary>
public class GrepUtf8Benchmarks : HeroicWorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new GrepUtf8Workload();
}
