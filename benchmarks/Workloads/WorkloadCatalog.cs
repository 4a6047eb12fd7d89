namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>The workloads, in the order in which they are reported.</summary>
internal static class WorkloadCatalog
{
    public static IReadOnlyList<Workload> Create() =>
    [
        new NumericWorkload(isSequential: false),
        new NumericWorkload(isSequential: true),
        new NumericStructWorkload(),
        new PairsWorkload(),
        new GrepStringWorkload(),
        new GrepUtf8Workload(),
        new WordCountStringWorkload(),
        new WordCountUtf8Workload(),
        new KeyedSumsWorkload(),
        new YahooWorkload(),
        new OneBrcWorkload(stations: 413),
        new OneBrcWorkload(stations: 10_000),
        new RddJoinWorkload(),
        new RddSortWorkload(),
        new RddDistinctWorkload(),
        new ChainWorkload(),
        new SlidingCountsWorkload(30, hasInverse: true),
        new SlidingCountsWorkload(300, hasInverse: true),
        new SlidingCountsWorkload(30, hasInverse: false),
        new SlidingCountsWorkload(300, hasInverse: false),
        new StateChangedWorkload(),
        new StateAllWorkload(),
        new StreamJoinWorkload(),
        new EmptyBatchWorkload(),
    ];
}
