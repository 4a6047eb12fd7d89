namespace CodegenStreaming.Checkpoints;

/// <summary>Another process has taken the checkpoint over while this one was paused or cut off: nothing that this one does counts any more.</summary>
internal sealed class CheckpointTakenOverException(string location, long fence)
    : CheckpointException($"Another process has taken over the checkpoint in {location} since this one got the lease {fence}. This process must stop; the other goes on from the last checkpoint.");
