using CodegenStreaming.Execution;

namespace CodegenStreaming.Batches;

/// <summary>Where records come from. Started with the context; at each batch time it gives the batch what it has.</summary>
internal abstract class InputStream
{
    private string? _displayName;

    /// <summary>The number among the context's inputs, in the order of definition.</summary>
    public int StreamId { get; set; }

    /// <summary>What kind of input, such as "Socket stream".</summary>
    public abstract string Name { get; }

    /// <summary>The name with the number, such as "Socket stream [0]".</summary>
    public string DisplayName => _displayName ??= $"{Name} [{StreamId}]";

    /// <summary>Where it reads, such as a directory: what tells it from another of its kind. Empty where there is nothing such.</summary>
    public virtual string Origin => "";

    /// <summary>True where the records come from the program itself, for tests and trials: no later run of it has them.</summary>
    public virtual bool IsForTests => false;

    /// <summary>True where the records come from outside the process: what a test of the program does without.</summary>
    public virtual bool IsExternal => false;

    /// <summary>The leaf of the graph that this input feeds.</summary>
    public abstract DatasetNode Node { get; }

    /// <summary>Begins to receive; returns at once.</summary>
    public abstract void Start(InputServices services);

    /// <summary>Stops receiving and completes when nothing more will arrive. What has arrived can still be allocated.</summary>
    /// <param name="graceful">True to hand over what is on its way already; false to drop it.</param>
    public abstract Task StopAsync(bool graceful);

    /// <summary>Gives up what no batch has got: no further batch will come. After a stop; may be called again.</summary>
    public virtual void DropPending()
    {
    }

    /// <summary>Closes what the records of batches were read from: every batch is done, or given up. After the last batch of a run, and after a stop.</summary>
    public virtual Task CloseAsync() => Task.CompletedTask;

    /// <summary>True while there are records that no batch has got yet.</summary>
    public abstract bool HasPending { get; }

    /// <summary>
    /// Gives the batch its blocks: <see cref="EvaluationScope.SetInput{T}"/>. From then on the batch owns them. What the input reserved of
    /// <see cref="PendingMemory"/> for them it has to release when the batch is done, by <see cref="EvaluationScope.OnDispose(Action{long}, long)"/>. Never called by
    /// two threads at once.
    /// </summary>
    /// <returns>How many records and blocks.</returns>
    public abstract InputAllocation Allocate(BatchTime time, EvaluationScope scope);
}

/// <summary>What an input gave to a batch.</summary>
internal readonly record struct InputAllocation(long Records, int Blocks);
