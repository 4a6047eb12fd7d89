using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Recovery;

/// <summary>
/// What a checkpoint says: the state after a batch, and what the batches since then got, so that they can be run again with the same records at the same times.
/// </summary>
/// <param name="Interval">The batch interval, in milliseconds.</param>
/// <param name="Zero">The time of batch zero, in milliseconds: batches are counted from it.</param>
/// <param name="Data">What was kept after a batch.</param>
/// <param name="Planned">The last batch that was made.</param>
/// <param name="Completed">The last batch that was done, as those before it.</param>
/// <param name="Attempts">How often the first batch behind that was begun.</param>
/// <param name="Batches">What batches behind the saved one got, by their numbers; those that got nothing are left out.</param>
internal sealed record CheckpointContent(
    long Interval, long Zero, SavedData Data, long Planned, long Completed, BatchAttempts Attempts, IReadOnlyList<PlannedBatch> Batches);

/// <summary>What was kept after a batch.</summary>
/// <param name="Number">The batch.</param>
/// <param name="Streams">The streams' states.</param>
/// <param name="Inputs">Where inputs had come to.</param>
internal sealed record SavedData(long Number, IReadOnlyList<(StreamIdentity Identity, SavedStream Saved)> Streams, IReadOnlyList<(StreamIdentity Identity, ReadOnlyMemory<byte> Positions)> Inputs);

/// <summary>How often a batch was begun and not done, in so many runs of the program.</summary>
internal readonly record struct BatchAttempts(long Number, int Count);

/// <summary>What a batch got.</summary>
/// <param name="Number">The batch.</param>
/// <param name="Plans">By the input's place among those that are saved.</param>
internal sealed record PlannedBatch(long Number, IReadOnlyList<(int Input, ReadOnlyMemory<byte> Plan)> Plans);
