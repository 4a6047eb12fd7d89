using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>What the generator adds to a pipeline class: its loops.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPipelineLoops
{
    /// <summary>The loops of this class.</summary>
    LoopTable Loops { get; }
}
