namespace CodegenStreaming.Checkpoints;

/// <summary>The checkpoint belongs to another process.</summary>
internal sealed class CheckpointInUseException(string location, LeaseHolder holder, DateTimeOffset until)
    : CheckpointException(
        $"The checkpoint in {location} belongs to {holder.Application}, process {holder.ProcessId} on {holder.Machine}, until {until:u} unless it goes on. "
        + "Stop that process, or give this one a directory of its own.");
