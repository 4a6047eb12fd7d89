namespace CodegenStreaming;

/// <summary>What one input gave to a batch.</summary>
/// <param name="StreamId">The number of the input among the context's inputs, from zero.</param>
/// <param name="Name">The kind of input and its number, such as <c>Socket stream [0]</c>.</param>
/// <param name="NumRecords">How many records.</param>
/// <param name="NumBlocks">How many blocks: partitions of the batch.</param>
public sealed record StreamInputInfo(int StreamId, string Name, long NumRecords, int NumBlocks);
