namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>One way to do a workload. Several contenders of one name are forms of the same thing: the fastest counts.</summary>
/// <param name="Name">Such as <c>hand</c> or <c>fused</c>.</param>
/// <param name="RunBatch">Processes all the records and returns their checksum, which is the same for every contender.</param>
internal sealed record Contender(string Name, Func<long> RunBatch);
