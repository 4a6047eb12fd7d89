namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>
    /// Has the state of this stream saved at intervals, where the context writes checkpoints. A checkpoint is one moment of all streams: the least interval that any of them
    /// asks for is that of all. Five to ten slides are a good choice.
    /// </summary>
    /// <param name="interval">A multiple of the stream's slide. Without this call it is the least multiple that is ten seconds or more.</param>
    /// <returns>The same stream.</returns>
    /// <exception cref="ContextStartedException">The context has been started. A wrong interval is refused by the context's start.</exception>
    public DStream<T> Checkpoint(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Context.CheckDefinition("A checkpoint interval");
        Node.CheckpointInterval = interval;
        return this;
    }
}
