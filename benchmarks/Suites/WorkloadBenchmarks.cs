using BenchmarkDotNet.Attributes;
using CodegenStreaming.Benchmarks.Ratios;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>The rows that every workload has. Figures are for a batch.</summary>
[MemoryDiagnoser]
public abstract class WorkloadBenchmarks
{
    private Workload? _workload;
    private Dictionary<string, Contender> _contenders = [];

    private protected abstract Workload CreateWorkload();

    [GlobalSetup]
    public void Setup()
    {
        _workload = CreateWorkload();
        _contenders = _workload.CreateContenders().GroupBy(contender => contender.Name).ToDictionary(forms => forms.Key, FastestForm.Of);
    }

    [GlobalCleanup]
    public void Cleanup() => _workload?.Dispose();

    [Benchmark(Baseline = true)]
    public long Hand() => Run(ContenderNames.Hand);

    [Benchmark]
    public long Fused() => Run(ContenderNames.Fused);

    [Benchmark]
    public long Unfused() => Run(ContenderNames.Unfused);

    [Benchmark]
    public long Linq() => Run(ContenderNames.Linq);

    private protected long Run(string contender) => _contenders[contender].RunBatch();
}
