namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>The names of the contenders, in the order in which they are reported. What each of them is, docs/benchmarks.md says.</summary>
internal static class ContenderNames
{
    public const string Hand = "hand";
    public const string BranchFree = "branch-free";
    public const string Heroic = "heroic";
    public const string Fused = "fused";
    public const string Unfused = "unfused";
    public const string Linq = "linq";
    public const string Plinq = "plinq";
    public const string ZLinq = "zlinq";
    public const string Rx = "rx";
    public const string Dataflow = "dataflow";
    public const string Akka = "akka";
    public const string Channel = "channel";
    public const string ChannelBatches = "channel-batches";
    public const string DuckDb = "duckdb";
    public const string ReadLine = "readline";

    public static IReadOnlyList<string> All { get; } =
        [Hand, BranchFree, Heroic, Fused, Unfused, Linq, Plinq, ZLinq, Rx, Dataflow, Akka, Channel, ChannelBatches, DuckDb, ReadLine];
}
