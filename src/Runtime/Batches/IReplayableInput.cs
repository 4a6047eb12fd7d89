using CodegenStreaming.Execution;

namespace CodegenStreaming.Batches;

/// <summary>
/// An input whose batches can be made again after a restart: what a batch got is written down before its outputs run, and where the input has come to goes into
/// checkpoints. Called by the batch clock only, unless said otherwise.
/// </summary>
internal interface IReplayableInput
{
    /// <summary>What the batch that was allocated last has got, for <see cref="AllocateAgain"/>; empty where it got nothing.</summary>
    ReadOnlyMemory<byte> Plan { get; }

    /// <summary>Gives a batch what it got before the restart. Batches come in their order, and <see cref="Plan"/> is what was given.</summary>
    /// <param name="time">The batch.</param>
    /// <param name="scope">Where the batch's records go; see <see cref="InputStream.Allocate"/>.</param>
    /// <param name="plan">What it got; empty for nothing.</param>
    /// <exception cref="CorruptRecordException">The plan is none.</exception>
    InputAllocation AllocateAgain(BatchTime time, EvaluationScope scope, ReadOnlySpan<byte> plan);

    /// <summary>Where the input has come to with the batch that was allocated last: all that it needs to go on behind it.</summary>
    byte[] SavePositions();

    /// <summary>Goes on from there. Before the start.</summary>
    /// <exception cref="CorruptRecordException">They are no positions of such an input.</exception>
    void RestorePositions(ReadOnlySpan<byte> positions);

    /// <summary>No restart will ever go back behind these positions: what lies before them may be given up. On a thread of checkpoints.</summary>
    void Commit(ReadOnlySpan<byte> positions)
    {
    }
}
