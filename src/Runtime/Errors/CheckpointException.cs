namespace CodegenStreaming;

/// <summary>
/// A checkpoint cannot be written, read or owned by this program. What is in the checkpoint is as it was: when the cause is removed, the program goes on from there.
/// </summary>
public class CheckpointException : StreamingException
{
    internal CheckpointException(string message)
        : base(message)
    {
    }

    internal CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
