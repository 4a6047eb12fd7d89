using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CodegenStreaming.Architecture.Tests;

/// <summary>The runtime's sources, bound by the compiler.</summary>
internal static class RuntimeSources
{
    private const string Folder = "src/Runtime/";

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static CSharpCompilation Compilation { get; } = Compile();

    /// <summary>The folder of a source below <c>src/Runtime</c>; empty for one that lies in none.</summary>
    public static string FolderOf(SyntaxTree tree)
    {
        var path = tree.FilePath[Folder.Length..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : path[..slash];
    }

    private static CSharpCompilation Compile()
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var trees = Repository.Sources("src/Runtime")
            .Select(file => CSharpSyntaxTree.ParseText(Repository.Read(file), options, file))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options, Folder + "ImplicitUsings.cs"));
        var own = typeof(StreamingContext).Assembly.GetName().Name + ".dll";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) != own)
            .Select(path => MetadataReference.CreateFromFile(path))
            .ToImmutableArray<MetadataReference>();
        return CSharpCompilation.Create(
            "CodegenStreaming",
            trees,
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }
}
