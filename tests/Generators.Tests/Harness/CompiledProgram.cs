using System.Reflection;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>A program that was compiled and loaded.</summary>
internal sealed class CompiledProgram(GeneratorRun run, Assembly assembly)
{
    public GeneratorRun Run => run;

    public Assembly Assembly => assembly;

    /// <summary>A new instance of a pipeline class, which may be nested and private. Its constructor takes these arguments.</summary>
    public IStreamingPipeline Create(string className, params object?[] arguments)
    {
        var type = assembly.GetTypes().Single(type => type.Name == className);
        return (IStreamingPipeline)Activator.CreateInstance(
            type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, arguments, null)!;
    }
}
