using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace CodegenStreaming.Generators.Tests.Emit;

/// <summary>In a debug build a breakpoint in a lambda is hit inside the loop: its copy's sequence points are the user's.</summary>
public sealed class SequencePointTests
{
    private const string Text = """
        namespace Stepped;

        [StreamingPipeline]
        public sealed partial class Lines
        {
            public void Define(StreamingContext streaming)
            {
                const int Step = 3;
                streaming.Input<int>("numbers")
                    .Map(number => number + 1)
                    .Map(number => number + Step)
                    .Filter(number =>
                    {
                        var rest = number % 3;
                        return rest == 0;
                    })
                    .Map(number => checked(number * 2))
                    .Print();
                checked
                {
                    streaming.Input<int>("others").Map(
                        number => number * 3).Print();
                }
            }
        }
        """;

    [Fact]
    public void CopiedBody_StandsInTheUsersFile_InDebug()
    {
        var points = Points(OptimizationLevel.Debug);
        Assert.Equal([("/src/Program.cs", 10)], points["Map0"]);
        Assert.Equal([("/src/Program.cs", 11)], points["Map1"].Where(point => point.File == "/src/Program.cs"));
        Assert.Equal([("/src/Program.cs", 17)], points["Map3"]);
        Assert.Equal([("/src/Program.cs", 22)], points["Map5"]);
        Assert.Equal(
            [("/src/Program.cs", 13), ("/src/Program.cs", 14), ("/src/Program.cs", 15), ("/src/Program.cs", 16)], points["Filter2"]);
    }

    [Fact]
    public void TheLoopItself_StandsInTheGeneratedFile_InDebug()
    {
        var points = Points(OptimizationLevel.Debug);
        Assert.All(points["Run"], point => Assert.EndsWith(".g.cs", point.File, StringComparison.Ordinal));
    }

    [Fact]
    public void GeneratedText_HasNoLineDirectives_InRelease()
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", Text)], OptimizationLevel.Release));
        Assert.All(run.Sources, source => Assert.DoesNotContain("#line", source.Text, StringComparison.Ordinal));
    }

    /// <summary>The visible sequence points of each method of the pipeline and its nested types, by the method's name.</summary>
    private static Dictionary<string, List<(string File, int Line)>> Points(OptimizationLevel optimization)
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", Text)], optimization));
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        Assert.True(run.Output.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb)).Success);
        assembly.Position = 0;
        symbols.Position = 0;
        using var image = new PEReader(assembly);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var (metadata, debug) = (image.GetMetadataReader(), provider.GetMetadataReader());
        var points = new Dictionary<string, List<(string, int)>>();
        foreach (var handle in debug.MethodDebugInformation)
        {
            var name = metadata.GetString(metadata.GetMethodDefinition(handle.ToDefinitionHandle()).Name);
            var visible = debug.GetMethodDebugInformation(handle).GetSequencePoints().Where(point => !point.IsHidden)
                .Select(point => (debug.GetString(debug.GetDocument(point.Document).Name), point.StartLine)).ToList();
            points[name] = visible;
        }

        return points;
    }
}
