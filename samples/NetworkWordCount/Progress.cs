namespace CodegenStreaming.Samples;

/// <summary>Counts what the batches had, and says when there were enough of them.</summary>
/// <param name="limit">How many batches are enough; null for any number.</param>
internal sealed class Progress(int? limit) : IStreamingListener
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes after the last batch that was asked for.</summary>
    public Task Done => _done.Task;

    public int Batches { get; private set; }

    public long Records { get; private set; }

    public void OnBatchCompleted(BatchInfo batch)
    {
        Records += batch.NumRecords;
        if (++Batches >= limit)
        {
            _done.TrySetResult();
        }
    }
}
