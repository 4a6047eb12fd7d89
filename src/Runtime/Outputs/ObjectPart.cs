using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Outputs;

/// <summary>A partition as an object file.</summary>
internal static class ObjectPart
{
    /// <summary>How the partitions of a folder are written.</summary>
    public static Action<string, IEnumerable<T>> Writer<T>(RecordCodec<T> codec, EvaluationScope scope) =>
        (path, records) =>
        {
            // Blocks come whole: a buffer between them and the file would only copy.
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            ObjectFile.Write(file, codec, records, scope.Pool, scope.Cancellation);
        };
}
