using CodegenStreaming.CompilerServices;

namespace CodegenStreaming;

/// <summary>A graph of streams. The generator makes every class marked <see cref="StreamingPipelineAttribute"/> one.</summary>
public interface IStreamingPipeline : IPipelineLoops
{
    /// <inheritdoc/>
    LoopTable IPipelineLoops.Loops => LoopTable.Empty;

    /// <summary>Builds the graph. Called once, before the context starts.</summary>
    /// <param name="streaming">The context that the streams belong to.</param>
    void Define(StreamingContext streaming);
}
