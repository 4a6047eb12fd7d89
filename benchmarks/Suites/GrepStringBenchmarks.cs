using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Counts the lines that contain a word, in strings.</summary>
public class GrepStringBenchmarks : WorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new GrepStringWorkload();
}
