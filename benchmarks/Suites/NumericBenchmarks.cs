using BenchmarkDotNet.Attributes;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Filter, map and reduce over integers, at random and counting from zero.</summary>
public class NumericBenchmarks : HeroicWorkloadBenchmarks
{
    /// <summary>Whether a processor foresees which integers pass the filter.</summary>
    [Params(false, true)]
    public bool IsSequential { get; set; }

    private protected override Workload CreateWorkload() => new NumericWorkload(IsSequential);
}
