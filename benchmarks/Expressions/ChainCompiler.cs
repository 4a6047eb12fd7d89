using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using CodegenStreaming.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CodegenStreaming.Benchmarks.Expressions;

/// <summary>Compiles programs as a user's project would be compiled, with the generator.</summary>
internal static class ChainCompiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using CodegenStreaming;
        """;

    /// <exception cref="InvalidOperationException">A program does not compile.</exception>
    public static Assembly Compile(IEnumerable<ChainProgram> programs)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14).WithFeatures([new("InterceptorsNamespaces", "CodegenStreaming.Generated")]);
        SyntaxTree Parse(string name, string text) =>
            CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8, SourceHashAlgorithm.Sha256), options, name);

        var compilation = CSharpCompilation.Create(
            "Programs",
            programs.Select(program => Parse($"/src/{program.ClassName}.cs", program.Source)).Prepend(Parse("/src/Usings.cs", Usings)),
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(StreamingContext).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        CSharpGeneratorDriver.Create([new PipelineGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        using var assembly = new MemoryStream();
        var emitted = output.Emit(assembly);
        if (!emitted.Success)
        {
            var errors = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
            throw new InvalidOperationException(
                string.Join('\n', errors.Take(10).Select(error => error.ToString())) + "\n" + errors.FirstOrDefault()?.Location.SourceTree);
        }

        assembly.Position = 0;
        return new AssemblyLoadContext("Programs").LoadFromStream(assembly);
    }
}
