using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>One generated file of loops, before its sequence points are joined.</summary>
internal sealed record LoopSource(string HintName, string ClassKey, string Text)
{
    public static IEnumerable<LoopSource> Write(PipelineModel model) =>
        model.Parts.Select((_, index) => new LoopSource(
            index == 0 ? $"{model.HintName}.g.cs" : $"{model.HintName}.{index}.g.cs", model.Key, PartWriter.Write(model, index)));
}
