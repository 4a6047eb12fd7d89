using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Execution.Windows;

/// <summary>What a stream owes to batches that come later: a state that each batch changes, results that windows read. Thread-safe.</summary>
internal abstract class BatchKeeper
{
    /// <summary>The stream.</summary>
    public abstract DatasetNode Node { get; }

    /// <summary>
    /// A batch is about to be computed. Called in the order of the batches, for those that the stream has a data set in; the scope stays until
    /// <see cref="Keep"/> or <see cref="End"/>.
    /// </summary>
    public virtual void Begin(long number, EvaluationScope scope)
    {
    }

    /// <summary>Computes what the batch has to leave behind, if it was not computed yet. On a job thread.</summary>
    public virtual void Keep(long number)
    {
    }

    /// <summary>What checkpoints save of it; null for nothing.</summary>
    public virtual ISavedStream? Saved => null;

    /// <summary>
    /// A checkpoint will be made after a batch: whoever is about to compute a later one captures what is there first. Called in the order of the batches, before the
    /// batch or a later one is computed, and not again before <see cref="Capture"/>.
    /// </summary>
    public virtual void ExpectCapture(BatchTime time)
    {
    }

    /// <summary>What is kept, as it is after a batch. Called when the batch's share has been computed; on a job thread.</summary>
    /// <param name="number">The batch.</param>
    /// <returns>Null where it cannot be had: the batch, or one before it, has failed.</returns>
    public virtual CapturedStream? Capture(long number) => null;

    /// <summary>All batches before this one are done.</summary>
    public virtual void Forget(long next)
    {
    }

    /// <summary>No further batch will come.</summary>
    public abstract void End();
}
