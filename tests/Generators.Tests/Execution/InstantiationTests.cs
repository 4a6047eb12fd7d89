using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>
/// A loop whose ends mention a reference type is compiled once for all of them, and calls both ends indirectly: four to five times slower. So every
/// instantiation of <c>Run</c> in generated code is over structs that mention none.
/// </summary>
public sealed class InstantiationTests
{
    private static readonly string Programs = Path.Combine(Repository.Root, "tests", "Generators.Tests", "Golden", "Programs");

    [Fact]
    public void EveryRun_IsOverEndsWithoutReferences_InTheGoldenPrograms()
    {
        var sources = Directory.GetFiles(Programs, "*.cs").Select(path => (Path.GetFileName(path), File.ReadAllText(path)));
        var instantiations = Instantiations(GeneratorRun.Over(ProgramCompiler.Create(sources)));

        Assert.True(instantiations.Count > 60, $"Only {instantiations.Count} instantiations were found.");
        Assert.Equal("", string.Join('\n', instantiations.Where(instantiation => instantiation.Ends.Any(IsShared)).Select(instantiation => instantiation.Text)));
    }

    [Fact]
    public void EveryRun_IsOverEndsWithoutReferences_InRandomPrograms()
    {
        var programs = Enumerable.Range(1000, 10).Select(Differential.ProgramWriter.Write).Select(program => (program.FileName, program.Text));
        var instantiations = Instantiations(GeneratorRun.Over(ProgramCompiler.Create(programs.Append(("Records.cs", Differential.RandomProgram.Records)))));

        Assert.True(instantiations.Count > 40, $"Only {instantiations.Count} instantiations were found.");
        Assert.Empty(instantiations.Where(instantiation => instantiation.Ends.Any(IsShared)).Select(instantiation => instantiation.Text));
    }

    [Fact]
    public void EveryRun_IsOverEndsWithoutReferences_InTheFirstSample()
    {
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "samples", "NetworkWordCount"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)))
            .Where(source => source.Item2.Contains("[Streaming", StringComparison.Ordinal));
        var instantiations = Instantiations(GeneratorRun.Over(ProgramCompiler.Create(sources)));

        Assert.True(instantiations.Count >= 2, $"Only {instantiations.Count} instantiations were found.");
        Assert.Empty(instantiations.Where(instantiation => instantiation.Ends.Any(IsShared)).Select(instantiation => instantiation.Text));
    }

    [Theory]
    [InlineData("Plain", false)]
    [InlineData("Over<int>", false)]
    [InlineData("Over<(int, DateTime)>", false)]
    [InlineData("Over<string>", true)]
    [InlineData("Over<(int, string)>", true)]
    [InlineData("Outer<string>.Inner", true)]
    [InlineData("NotAStruct", true)]
    public void AnEndIsShared_WhereItMentionsAReference(string type, bool isShared)
    {
        var compilation = ProgramCompiler.Create(
            [("Program.cs", $"struct Plain; struct Over<T>; class NotAStruct; class Outer<T> {{ public struct Inner; }} class Holder {{ {type} _field; }}")]);
        var field = (IFieldSymbol)compilation.GetTypeByMetadataName("Holder")!.GetMembers("_field").Single();
        Assert.Equal(isShared, IsShared(field.Type));
    }

    private static List<(string Text, ITypeSymbol[] Ends)> Instantiations(GeneratorRun run)
    {
        run.AssertCompiles();
        var found = new List<(string, ITypeSymbol[])>();
        foreach (var tree in run.Output.SyntaxTrees.Except(run.Input.SyntaxTrees))
        {
            var model = run.Output.GetSemanticModel(tree);
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Run", TypeArguments.Length: 2 } method && IsLoop(method.ContainingType))
                {
                    found.Add(($"{tree.FilePath}: {method.ToDisplayString()}", [.. method.TypeArguments]));
                }
            }
        }

        return found;
    }

    private static bool IsLoop(INamedTypeSymbol? type) => type is not null && (type.Name == "FusedLoop" || IsLoop(type.BaseType));

    private static bool IsShared(ITypeSymbol type)
    {
        if (!type.IsValueType)
        {
            return true;
        }

        for (var current = type as INamedTypeSymbol; current is not null; current = current.ContainingType)
        {
            if (current.TypeArguments.Any(argument => !argument.IsUnmanagedType && ContainsReferences(argument)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A generic pipeline's own type parameters don't count: its loops are compiled for each struct, and shared by classes (docs/fusion.md).</summary>
    private static bool ContainsReferences(ITypeSymbol type) =>
        type is not ITypeParameterSymbol && (type.IsReferenceType
        || (!type.IsUnmanagedType && type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && ContainsReferences(field.Type))));
}
