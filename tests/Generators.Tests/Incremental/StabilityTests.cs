using System.Runtime.CompilerServices;
using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CodegenStreaming.Generators.Tests.Incremental;

/// <summary>The same sources give the same text, in any order; and a compilation that was replaced is let go.</summary>
public sealed class StabilityTests
{
    [Fact]
    public void Output_DoesNotDependOnTheOrderOfFiles()
    {
        var programs = Enumerable.Range(2000, 6).Select(Differential.ProgramWriter.Write).Select(program => (program.FileName, program.Text))
            .Append(("Records.cs", Differential.RandomProgram.Records)).ToList();
        var forward = GeneratorRun.Over(ProgramCompiler.Create(programs)).Sources;
        programs.Reverse();
        var backward = GeneratorRun.Over(ProgramCompiler.Create(programs)).Sources;

        Assert.True(forward.Count >= 12);
        Assert.Equal(forward.OrderBy(source => source.Name, StringComparer.Ordinal), backward.OrderBy(source => source.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void ClassesOfTheSameName_GetFilesOfTheirOwn()
    {
        const string Class = "[StreamingPipeline] public sealed partial class Same { public void Define(StreamingContext s) => s.Input<int>(\"n\").Map(n => n + 1).Print(); }";
        var run = GeneratorRun.Over(ProgramCompiler.Create(
            [("A.cs", $"namespace A {{ {Class} }}"), ("B.cs", $"namespace B {{ {Class} }}"), ("C.cs", $"namespace A {{ public static partial class Outer {{ {Class} }} }}")]));
        run.AssertCompiles();
        Assert.Equal(run.Sources.Count, run.Sources.Select(source => source.Name.ToUpperInvariant()).Distinct().Count());
        Assert.True(run.Sources.Count >= 6);
    }

    [Fact]
    public void ReplacedCompilation_IsLetGo()
    {
        var (driver, old) = RunTwice();
        for (var attempt = 0; attempt < 10 && old.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(old.IsAlive);
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference Old) RunTwice()
    {
        var program = Differential.ProgramWriter.Write(3000);
        var first = ProgramCompiler.Create([(program.FileName, program.Text), ("Records.cs", Differential.RandomProgram.Records)]);
        var run = GeneratorRun.Over(first);
        var tree = first.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(program.FileName, StringComparison.Ordinal));
        var text = tree.ToString().Replace("factor + 2", "factor + 2 + 0", StringComparison.Ordinal);
        var second = first.ReplaceSyntaxTree(tree, ProgramCompiler.Parse(program.FileName, text, (CSharpParseOptions)tree.Options));
        return (GeneratorRun.Over(second, run.Driver).Driver, new WeakReference(first));
    }
}
