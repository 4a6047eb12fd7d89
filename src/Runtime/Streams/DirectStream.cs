using CodegenStreaming.Sources;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// The records of a source that can be read again. Each batch gets what has come since the one before, as ranges, of which each is one partition and is read by the task
    /// that processes it; <c>rdd.Ranges</c> has them. A task that is tried again, and a batch that is run again after a restart, reads the same records.
    /// </summary>
    /// <param name="source">The source; no other stream reads the same object.</param>
    /// <param name="options">How much a batch takes; null for no limits. Later changes have no effect once the context was started.</param>
    /// <param name="startPositions">
    /// Where partitions begin, by name, such as positions that the program has stored with its results. A partition that is missing begins where the source says. The
    /// positions of a checkpoint count in place of them all.
    /// </param>
    /// <typeparam name="T">The record type.</typeparam>
    /// <typeparam name="TPosition">The type of the source's positions.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not above zero.</exception>
    /// <exception cref="MissingCodecException">Positions have no codec.</exception>
    public DStream<T> DirectStream<T, TPosition>(
        DirectSource<T, TPosition> source, DirectStreamOptions? options = null, IReadOnlyDictionary<string, TPosition>? startPositions = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var input = new DirectInput<T, TPosition>("DirectStream", source, options ?? new DirectStreamOptions(), startPositions);
        return AddInput(input, input.Node);
    }
}
