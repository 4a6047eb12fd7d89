using BenchmarkDotNet.Attributes;
using CodegenStreaming.Benchmarks.Ratios;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>The rows that every workload has. A batch is a million records; figures are per record.</summary>
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

    [Benchmark(Baseline = true, OperationsPerInvoke = Workload.BatchSize)]
    public long Hand() => Run(Workload.Hand);

    [Benchmark(OperationsPerInvoke = Workload.BatchSize)]
    public long Fused() => Run(Workload.Fused);

    [Benchmark(OperationsPerInvoke = Workload.BatchSize)]
    public long Unfused() => Run(Workload.Unfused);

    [Benchmark(OperationsPerInvoke = Workload.BatchSize)]
    public long Linq() => Run(Workload.Linq);

    private protected long Run(string contender) => _contenders[contender].RunBatch();
}
