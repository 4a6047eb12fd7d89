using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Outputs;

/// <summary>A partition as an object file.</summary>
internal static class ObjectPart
{
    public static void Write<T>(TaskScope task, Route<T> route, RecordCodec<T> codec, string path)
    {
        // Blocks come whole: a buffer between them and the file would only copy.
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        using var writer = new ObjectFileWriter<T>(file, codec, task.Scope.Pool);
        using var output = new ObjectOutput<T>(writer, task.Scope.Pool);
        route.Push(task, task.Partition, output);
        output.Flush();
        writer.Complete();
    }
}
