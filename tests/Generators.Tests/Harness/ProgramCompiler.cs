using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>Compiles C# text as a user's project would be compiled, with the generator.</summary>
internal static class ProgramCompiler
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using CodegenStreaming;
        global using CodegenStreaming.Generators.Tests.Harness;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(StreamingContext).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ProgramCompiler).Assembly.Location),
    ];

    public static CSharpParseOptions ParseOptions(OptimizationLevel optimization = OptimizationLevel.Release) =>
        new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Parse, preprocessorSymbols: optimization == OptimizationLevel.Debug ? ["DEBUG"] : [])
            .WithFeatures([new("InterceptorsNamespaces", "CodegenStreaming.Generated")]);

    /// <summary>The compilation before the generator ran. Each source is a file <c>/src/NAME</c>.</summary>
    public static CSharpCompilation Create(
        IEnumerable<(string Name, string Text)> sources, OptimizationLevel optimization = OptimizationLevel.Release, string assemblyName = "Programs")
    {
        var parse = ParseOptions(optimization);
        return CSharpCompilation.Create(
            assemblyName,
            sources.Prepend(("Usings.cs", Usings)).Select(source => Parse(source.Item1, source.Item2, parse)),
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimization, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }

    public static SyntaxTree Parse(string name, string text, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8, SourceHashAlgorithm.Sha256), options, "/src/" + name);

    /// <summary>Compiles one source with the generator; what does not compile, or warns in generated code, is a test failure.</summary>
    public static CompiledProgram Compile(string text, OptimizationLevel optimization = OptimizationLevel.Release) =>
        Compile([("Program.cs", text)], optimization);

    public static CompiledProgram Compile(IReadOnlyList<(string Name, string Text)> sources, OptimizationLevel optimization = OptimizationLevel.Release)
    {
        var run = GeneratorRun.Over(Create(sources, optimization));
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = run.Output.Emit(assembly, symbols);
        run.AssertCompiles(result.Diagnostics); // Not before: everything would be compiled twice.
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        assembly.Position = 0;
        symbols.Position = 0;
        return new CompiledProgram(run, new ProgramLoadContext().LoadFromStream(assembly, symbols));
    }

    /// <summary>
    /// Everything but the program itself comes from the tests' own assemblies. Programs are never unloaded: after a collection .NET 10.0.12 sometimes left the
    /// static fields of generic types over an unloadable program's types (those of <c>ArrayPool</c>) where they had been, and the process ended.
    /// </summary>
    private sealed class ProgramLoadContext() : AssemblyLoadContext("program")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => null;
    }
}
