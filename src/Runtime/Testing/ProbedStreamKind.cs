using System.ComponentModel;

namespace CodegenStreaming.Testing;

/// <summary>What a <see cref="ProbedStream"/> is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ProbedStreamKind
{
    /// <summary>Where records come from.</summary>
    Source,

    /// <summary>Any stream of the graph.</summary>
    Stream,

    /// <summary>Where records go to.</summary>
    Output,
}
