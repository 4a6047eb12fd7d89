using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>One declaration of an annotated class, and what is generated for it so far. Lives for one parse only.</summary>
internal sealed class ClassPart(TypeDeclarationSyntax declaration, SemanticModel model, INamedTypeSymbol type, string container)
{
    public TypeDeclarationSyntax Declaration => declaration;

    public SemanticModel Model => model;

    public TypeNames Types { get; } = new(model, declaration.OpenBraceToken.Span.End, type);

    /// <summary>The nested class that holds its loops.</summary>
    public string Container => container;

    public List<MethodModel> Methods { get; } = [];

    public List<LoopModel> Loops { get; } = [];

    public List<EndModel> Ends { get; } = [];
}
