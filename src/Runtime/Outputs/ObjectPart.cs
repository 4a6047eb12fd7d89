using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Outputs;

/// <summary>A partition as an object file.</summary>
internal static class ObjectPart
{
    /// <summary>Writes a task's partition.</summary>
    /// <param name="task">The task.</param>
    /// <param name="route">How its records come about.</param>
    /// <param name="codec">Writes the records.</param>
    /// <param name="path">The file.</param>
    /// <param name="survives">True where it is to be on the disk when this returns, and not only with the operating system.</param>
    public static void Write<T>(TaskScope task, Route<T> route, RecordCodec<T> codec, string path, bool survives = false)
    {
        // Blocks come whole: a buffer between them and the file would only copy.
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        using var writer = new ObjectFileWriter<T>(file, codec, task.Scope.Pool);
        using var output = new ObjectOutput<T>(writer, task.Scope.Pool);
        route.Push(task, task.Partition, output);
        output.Flush();
        writer.Complete();
        if (survives)
        {
            file.Flush(flushToDisk: true);
        }
    }
}
