namespace CodegenStreaming.Benchmarks.Ratios;

/// <summary>What one contender did on one workload.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="RecordsPerSecond">In its best round.</param>
/// <param name="TimeOverHandWritten">The time of its best round over that of the hand-written loop's.</param>
/// <param name="MedianTimeOverHandWritten">The median over all rounds of its time over that of the hand-written loop that ran just before it.</param>
/// <param name="BytesPerRecord">What the process allocated, for one record.</param>
/// <param name="BytesPerBatch">What the process allocated, for one batch.</param>
internal sealed record Measurement(
    string Workload,
    string Contender,
    double RecordsPerSecond,
    double TimeOverHandWritten,
    double MedianTimeOverHandWritten,
    double BytesPerRecord,
    long BytesPerBatch);
