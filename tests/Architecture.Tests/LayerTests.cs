using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Architecture.Tests;

/// <summary>
/// A folder of the runtime uses only folders below it. What counts is where a type is declared, not its namespace; a partial type belongs to the
/// highest folder that holds a part of it (a source adds its method to <c>StreamingContext</c> in a file of its own).
/// </summary>
public sealed class LayerTests
{
    // From the bottom to the top; the folders of one row may use each other.
    private static readonly string[][] Layers =
    [
        ["Observability", "Errors"],
        ["Memory"],
        ["Codecs"],
        ["Checkpoints"],
        ["CompilerServices"],
        ["State"],
        ["Execution"],
        ["Batches", "Recovery"],
        ["Sources", "Outputs"],
        ["Streams", "Rdds", "Testing"],
    ];

    // A value that messages, listeners and blocks of every layer speak of; one that joins make and codecs write; the contract by which a block's lines are a loop's source.
    private static readonly string[] Everybodys = ["BatchTime", "Option", "IRecordSource"];

    [Fact]
    public void Folder_UsesOnlyFoldersBelowIt()
    {
        Violations.AssertNone(RuntimeSources.Compilation.SyntaxTrees.SelectMany(UpwardUses).Distinct());
    }

    [Fact]
    public void Folder_IsALayer() =>
        Assert.All(
            RuntimeSources.Compilation.SyntaxTrees.Select(RuntimeSources.FolderOf).Where(folder => folder != ""),
            folder => Assert.True(HeightOf(folder) >= 0, $"{folder} is no layer; give it a place in LayerTests."));

    [Fact]
    public void Names_AreBound()
    {
        // Were the references missing, nothing would be bound and the layers would look clean.
        var compilation = RuntimeSources.Compilation;
        var stream = compilation.GetTypeByMetadataName("CodegenStreaming.DStream`1");
        Assert.NotNull(stream);
        var node = Assert.Single(stream.GetMembers("Node").OfType<IPropertySymbol>());
        Assert.Equal("Execution", FolderOf(node.Type));
    }

    private static IEnumerable<string> UpwardUses(SyntaxTree tree)
    {
        var model = RuntimeSources.Compilation.GetSemanticModel(tree);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (OuterType(model.GetSymbolInfo(name).Symbol) is { } used
                && DeclaringType(model, name) is { } user
                && !Everybodys.Contains(used.Name)
                && HeightOf(FolderOf(used)) > HeightOf(FolderOf(user)))
            {
                var line = tree.GetLineSpan(name.Span).StartLinePosition.Line + 1;
                yield return $"{tree.FilePath}:{line}: {FolderOf(user)} uses {used.Name} of {FolderOf(used)}";
            }
        }
    }

    private static INamedTypeSymbol? DeclaringType(SemanticModel model, SyntaxNode node) =>
        node.Ancestors().OfType<BaseTypeDeclarationSyntax>().LastOrDefault() is { } declaration
            ? (INamedTypeSymbol?)model.GetDeclaredSymbol(declaration)
            : null;

    /// <summary>The outermost type, of our own, that a name stands for or is a member of.</summary>
    private static INamedTypeSymbol? OuterType(ISymbol? symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } container)
        {
            type = container;
        }

        return type is not null && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, RuntimeSources.Compilation.Assembly)
            ? type.OriginalDefinition
            : null;
    }

    private static string FolderOf(ITypeSymbol type) =>
        type.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => RuntimeSources.FolderOf(reference.SyntaxTree)).MaxBy(HeightOf) ?? "";

    private static int HeightOf(string folder) => Array.FindIndex(Layers, layer => layer.Contains(folder));
}
