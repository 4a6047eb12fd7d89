using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Suites;

/// <summary>Two data sets joined.</summary>
public class RddJoinBenchmarks : WorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new RddJoinWorkload();
}

/// <summary>A data set sorted.</summary>
public class RddSortBenchmarks : WorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new RddSortWorkload();
}

/// <summary>The different records of a data set.</summary>
public class RddDistinctBenchmarks : WorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new RddDistinctWorkload();
}

/// <summary>Ten operators in a row.</summary>
public class ChainBenchmarks : WorkloadBenchmarks
{
    private protected override Workload CreateWorkload() => new ChainWorkload();
}
