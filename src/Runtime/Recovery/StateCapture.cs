using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Recovery;

/// <summary>A checkpoint of the states that is on its way.</summary>
/// <param name="number">The batch after which it is made.</param>
/// <param name="positions">Where inputs have come to with that batch.</param>
internal sealed class StateCapture(long number, IReadOnlyList<(StreamIdentity Identity, ReadOnlyMemory<byte> Positions)> positions)
{
    public long Number => number;

    public IReadOnlyList<(StreamIdentity Identity, ReadOnlyMemory<byte> Positions)> Positions => positions;

    /// <summary>The states, once they are captured.</summary>
    public IReadOnlyList<CapturedStream>? Streams { get; set; }

    /// <summary>True when somebody writes them.</summary>
    public bool IsTaken { get; set; }
}
