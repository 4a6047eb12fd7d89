using CodegenStreaming.Codecs;
using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>
    /// Writes each batch as a folder of object files, <c>prefix-TIME_IN_MS[.suffix]</c>: files that describe themselves and keep every value as it is, one
    /// <c>part-00000</c> and so on for each partition, and an empty file <c>_SUCCESS</c>. The folder appears when it is whole; one that is there already is
    /// replaced, so that a batch may be run again. An empty batch writes its folder too. <c>engine.ObjectFile</c> reads it.
    /// </summary>
    /// <param name="prefix">May contain directories; they are made where they are missing.</param>
    /// <param name="suffix">Left out with its dot when null or empty.</param>
    /// <param name="codec">Writes the records; when null, the engine context's, the generated or the built-in codec of the type.</param>
    public OutputOperation SaveAsObjectFiles(string prefix, string? suffix = null, RecordCodec<T>? codec = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return Context.AddOutput(new OutputOperation("SaveAsObjectFiles", Node, [], (output, scope) =>
        {
            var used = codec ?? scope.Engine.Codecs.Of<T>(output.Site, output.Pipeline);
            Node.Prepare(scope);
            var route = output.PlanRoute(scope, Node);
            OutputFolder.Write(
                scope,
                output.End,
                route,
                OutputFolder.NameOf(scope.Time!.Value, prefix, suffix),
                (task, file) => ObjectPart.Write(task, route, used, file),
                survives: Context.CheckpointDirectory is not null);
        })
        {
            CheckStart = (output, engine) => _ = codec ?? engine.Codecs.Of<T>(output.Site, output.Pipeline),
        });
    }
}
