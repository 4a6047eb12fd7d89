using CodegenStreaming.Codecs;
using CodegenStreaming.Sources;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// The records of a log on a disk, as <see cref="LogDirectoryWriter{T}"/> writes it: a directory with a sub-directory for each partition. Each batch gets what has been
    /// flushed since the one before; a batch that is run again gets the same. Positions are numbers of records: <c>rdd.Ranges&lt;long&gt;()</c>.
    /// </summary>
    /// <param name="directory">The directory. It need not be there yet; partitions join as they appear.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="codec">Reads the records; when null, the engine context's, the generated or the built-in codec of the type.</param>
    /// <param name="startPositions">
    /// The numbers of the records that partitions begin with, by name. A partition that is missing begins where the options say. The positions of a checkpoint count in
    /// place of them all.
    /// </param>
    /// <typeparam name="T">The record type.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not above zero.</exception>
    public DStream<T> LogStream<T>(
        string directory,
        LogStreamOptions? options = null,
        RecordCodec<T>? codec = null,
        IReadOnlyDictionary<string, long>? startPositions = null)
    {
        options ??= new LogStreamOptions();
        var source = new LogDirectorySource<T>(directory, codec) { SkipsExisting = options.SkipsExisting, DeletesCommitted = options.DeletesCommitted };
        var input = new DirectInput<T, long>("LogStream", source, options, startPositions);
        return AddInput(input, input.Node);
    }
}
