using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Sources;

namespace CodegenStreaming;

/// <summary>Makes data sets outside batches: tables to join a stream with, samples, tests.</summary>
public static class EngineDataSets
{
    /// <summary>A data set of the given records, which are copied.</summary>
    /// <param name="engine">The engine context.</param>
    /// <param name="records">The records.</param>
    /// <param name="numPartitions">The number of partitions, of nearly equal length; the default parallelism when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public static Rdd<T> Parallelize<T>(this EngineContext engine, IEnumerable<T> records, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(records);
        Exchange.CheckPartitions(numPartitions);
        return new Rdd<T>(engine, new ParallelizeNode<T>([.. records], numPartitions ?? engine.DefaultParallelism));
    }

    /// <summary>
    /// The lines of a text file, or of all files of a directory, or of the files and directories that match a pattern in the last part of the path
    /// (<c>*</c>, <c>?</c>). Names that begin with a dot or an underscore are left out. Read again by each action; lines end with LF or CR LF; malformed
    /// UTF-8 becomes U+FFFD.
    /// </summary>
    /// <param name="engine">The engine context.</param>
    /// <param name="path">The path. What is not there when an action runs lets the action fail.</param>
    public static Rdd<string> TextFile(this EngineContext engine, string path) =>
        Files("TextFile", engine, path, new TextFileReading<string>(static pool => new StringLineBuffer(pool), FileSet.Throw));

    /// <summary>The same as <see cref="TextFile"/> with lines as UTF-8, as they stand in the file.</summary>
    /// <param name="engine">The engine context.</param>
    /// <param name="path">The path. What is not there when an action runs lets the action fail.</param>
    public static Rdd<Utf8Slice> Utf8File(this EngineContext engine, string path) =>
        Files("Utf8File", engine, path, new TextFileReading<Utf8Slice>(static pool => new Utf8LineBuffer(pool), FileSet.Throw));

    /// <summary>
    /// The records of an object file, as <c>SaveAsObjectFile</c> writes them: a file, all files of a directory, or the files and directories that match a
    /// pattern in the last part of the path (<c>*</c>, <c>?</c>). Names that begin with a dot or an underscore are left out. Read again by each action. The
    /// type may have changed since the file was written: fields are matched by name, added ones get their default, removed ones are left out, numbers may
    /// have become wider.
    /// </summary>
    /// <param name="engine">The engine context.</param>
    /// <param name="path">The path. What is not there, or is no object file of such records, lets the action fail.</param>
    /// <param name="codec">Reads the records; when null, the engine context's, the generated or the built-in codec of the type.</param>
    public static Rdd<T> ObjectFile<T>(this EngineContext engine, string path, RecordCodec<T>? codec = null) =>
        Files("ObjectFile", engine, path, new ObjectFileReading<T>(codec));

    private static Rdd<T> Files<T>(string name, EngineContext engine, string path, FileReading<T> reading)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new Rdd<T>(engine, new FileNode<T>(name, reading, () => FileSet.List(path)));
    }
}
