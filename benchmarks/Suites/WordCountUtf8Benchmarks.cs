using BenchmarkDotNet.Attributes;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Counts words in UTF-8, with a row for what a program without an engine does.</summary>
public class WordCountUtf8Benchmarks : HeroicWorkloadBenchmarks
{
    [Benchmark]
    public long ReadLineSplitDictionary() => Run(ContenderNames.ReadLine);

    private protected override Workload CreateWorkload() => new WordCountUtf8Workload();
}
