namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>The workloads and the contenders, in the order in which they are reported.</summary>
internal static class WorkloadCatalog
{
    public static IReadOnlyList<string> Contenders { get; } =
        [Workload.Hand, Workload.Fused, Workload.Unfused, Workload.Linq, WordCountUtf8Workload.ReadLine];

    public static IReadOnlyList<Workload> Create() =>
    [
        new NumericWorkload(isSequential: false),
        new NumericWorkload(isSequential: true),
        new PairsWorkload(),
        new GrepStringWorkload(),
        new GrepUtf8Workload(),
        new WordCountStringWorkload(),
        new WordCountUtf8Workload(),
        new KeyedSumsWorkload(),
    ];
}
