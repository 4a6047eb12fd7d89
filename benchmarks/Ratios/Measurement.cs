namespace CodegenStreaming.Benchmarks.Ratios;

/// <summary>What one contender did on one workload.</summary>
internal sealed record Measurement(string Workload, string Contender, double RecordsPerSecond, double TimeOverHandWritten, double BytesPerRecord);
