using CodegenStreaming.Codecs;
using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>
    /// Writes the records as a folder of object files, which describe themselves and keep every value as it is: a file <c>part-00000</c> and so on for each
    /// partition, and an empty file <c>_SUCCESS</c>. The folder appears when it is whole; one that is there already is replaced. <c>engine.ObjectFile</c>
    /// reads it.
    /// </summary>
    /// <param name="path">The folder; directories above it are made where they are missing.</param>
    /// <param name="codec">Writes the records; when null, the engine context's, the generated or the built-in codec of the type.</param>
    /// <exception cref="MissingCodecException">The type has no codec.</exception>
    public void SaveAsObjectFile(string path, RecordCodec<T>? codec = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var evaluation = Evaluate();
        var scope = evaluation.Scope;
        var used = codec ?? scope.Engine.Codecs.Of<T>(_actionSite, _pipeline);
        var route = PlanAction(scope);
        OutputFolder.Write(scope, End("SaveAsObjectFile"), route, path, (task, file) => ObjectPart.Write(task, route, used, file), survives: true);
    }
}
