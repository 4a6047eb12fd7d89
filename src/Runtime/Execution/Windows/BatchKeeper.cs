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

    /// <summary>All batches before this one are done.</summary>
    public virtual void Forget(long next)
    {
    }

    /// <summary>No further batch will come.</summary>
    public abstract void End();
}
