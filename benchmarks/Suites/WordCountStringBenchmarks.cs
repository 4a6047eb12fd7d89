using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Counts words in strings.</summary>
public class WordCountStringBenchmarks : WorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new WordCountStringWorkload();
}
