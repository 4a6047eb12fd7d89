using System.Reflection;
using CodegenStreaming.CompilerServices;

namespace CodegenStreaming;

/// <summary>What a pipeline is called in checkpoints.</summary>
internal static class PipelineName
{
    /// <summary>The name that its attribute gives, else its class's with the namespace.</summary>
    public static string Of(IPipelineLoops pipeline)
    {
        var type = pipeline.GetType();
        return type.GetCustomAttribute<StreamingPipelineAttribute>()?.Name ?? type.FullName ?? type.Name;
    }
}
