namespace CodegenStreaming;

/// <summary>
/// Marks a partial class whose <c>Define(StreamingContext)</c> builds a pipeline. The generator makes it an <see cref="IStreamingPipeline"/> and
/// fuses its chains of operators into loops.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StreamingPipelineAttribute : Attribute
{
    /// <summary>The pipeline's name in checkpoints and metrics; the class name when not set.</summary>
    public string? Name { get; set; }

    /// <summary>What becomes of a batch when a function of this pipeline throws for a record; not set, what <see cref="StreamingOptions.PoisonRecords"/> says.</summary>
    public PoisonPolicy PoisonRecords
    {
        get => Policy ?? PoisonPolicy.Fail;
        set => Policy = value;
    }

    internal PoisonPolicy? Policy { get; private set; }
}
