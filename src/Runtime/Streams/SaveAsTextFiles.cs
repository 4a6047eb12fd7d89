using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>
    /// Writes each batch as a folder of text files, <c>prefix-TIME_IN_MS[.suffix]</c>: a file <c>part-00000</c> and so on for each partition, a line for
    /// each record, and an empty file <c>_SUCCESS</c>. The folder appears when it is whole; one that is there already is replaced, so that a batch may
    /// be run again. An empty batch writes its folder too.
    /// </summary>
    /// <param name="prefix">May contain directories; they are made where they are missing.</param>
    /// <param name="suffix">Left out with its dot when null or empty.</param>
    public OutputOperation SaveAsTextFiles(string prefix, string? suffix = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return Context.AddOutput(new OutputOperation("SaveAsTextFiles", Node, [], (output, scope) =>
        {
            Node.Prepare(scope);
            var route = output.PlanRoute(scope, Node);
            OutputFolder.Write(
                scope,
                output.End,
                route,
                OutputFolder.NameOf(scope.Time!.Value, prefix, suffix),
                (task, file) => TextPart.Write(file, route.Read(task, task.Partition)),
                survives: Context.CheckpointDirectory is not null);
        }));
    }
}
