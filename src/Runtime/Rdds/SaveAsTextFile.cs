using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>
    /// Writes the records as a folder of text files: a file <c>part-00000</c> and so on for each partition, a line for each record, and an empty file
    /// <c>_SUCCESS</c>. The folder appears when it is whole; one that is there already is replaced, so that a batch may be run again.
    /// <c>engine.TextFile</c> reads it.
    /// </summary>
    /// <param name="path">The folder; directories above it are made where they are missing.</param>
    public void SaveAsTextFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var evaluation = Evaluate();
        var route = PlanAction(evaluation.Scope);
        OutputFolder.Write(evaluation.Scope, End("SaveAsTextFile"), route, path, (task, file) => TextPart.Write(file, route.Read(task, task.Partition)), survives: true);
    }
}
