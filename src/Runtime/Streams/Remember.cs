namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    private TimeSpan _remembered;

    /// <summary>
    /// Keeps the data sets of batches that are done, so that other threads can query them: by <see cref="DStream{T}.Slice"/>, or those that
    /// <c>ForeachRdd</c> was given. When the batch of a time is done, those go whose time is earlier by the duration or more. Everything that a batch holds stays
    /// in memory as long: what its inputs received, and what was computed of it and kept.
    /// </summary>
    /// <param name="duration">More than zero.</param>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    /// <exception cref="ContextStartedException">The context has been started.</exception>
    public void Remember(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        CheckDefinition("A time to remember batches");
        if (_remembered != TimeSpan.Zero)
        {
            throw new InvalidOperationException($"Batches are remembered for {_remembered} already; Remember can be called once.");
        }

        _remembered = duration;
    }
}
