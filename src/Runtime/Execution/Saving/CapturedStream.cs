using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.Execution.Saving;

/// <summary>What a stream keeps, as it was after a batch: taken on a job thread at no cost, written by another one. To be given back soon.</summary>
internal abstract class CapturedStream : IDisposable
{
    /// <summary>
    /// Writes what no file has yet. Captures of a stream are written in their order, one at a time. Where it fails, the next one of the stream writes more.
    /// </summary>
    /// <param name="write">Writes a file.</param>
    /// <returns>All that the state is made of.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public abstract SavedStream Write(Func<ReadOnlySpan<byte>, CheckpointFile> write);

    public abstract void Dispose();
}

/// <summary>What a checkpoint has of a stream.</summary>
/// <param name="Files">The files that it is made of, those of earlier checkpoints included.</param>
/// <param name="Content">How, as the stream's kind writes it.</param>
internal sealed record SavedStream(IReadOnlyList<CheckpointFile> Files, ReadOnlyMemory<byte> Content);

/// <summary>The same at a restart.</summary>
/// <param name="Saved">What was saved.</param>
/// <param name="Number">The batch after which it was.</param>
/// <param name="Time">That batch's time.</param>
/// <param name="Read">Reads a file.</param>
internal sealed record RestoredStream(SavedStream Saved, long Number, BatchTime Time, Func<CheckpointFile, ReadOnlyMemory<byte>> Read);
