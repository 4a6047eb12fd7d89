using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    private DStream<PoisonRecord>? _deadLetters;

    /// <summary>
    /// The records that were left out of each batch by <see cref="PoisonPolicy.DeadLetter"/>, for any output. Its outputs run behind all others of the batch. A batch that is run again
    /// after a restart has the same ones again.
    /// </summary>
    /// <exception cref="ContextStartedException">The context has been started.</exception>
    public DStream<PoisonRecord> DeadLetters()
    {
        CheckDefinition("Dead letters");
        return _deadLetters ??= AddOperator(new DeadLetterNode());
    }
}
