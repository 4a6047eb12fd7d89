using CodegenStreaming.Generators.Incremental;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>What an annotated class must be before anything can be generated for it.</summary>
internal static class ClassRules
{
    /// <summary>False where the class or a type around it is not partial, or is local to its file.</summary>
    public static bool CheckPartial(INamedTypeSymbol type, TypeDeclarationSyntax declaration, List<DiagnosticSnapshot> diagnostics)
    {
        var ok = true;
        for (SyntaxNode? node = declaration; node is not null; node = node.Parent)
        {
            if (node is TypeDeclarationSyntax enclosing
                && (!enclosing.Modifiers.Any(SyntaxKind.PartialKeyword) || enclosing.Modifiers.Any(SyntaxKind.FileKeyword)))
            {
                diagnostics.Add(DiagnosticSnapshot.Of(Rules.NotPartial, enclosing.Identifier.GetLocation(), enclosing.Identifier.ValueText, type.Name));
                ok = false;
            }
        }

        return ok;
    }

    /// <summary>False where a pipeline's <c>Define</c> cannot implement the interface.</summary>
    public static bool CheckDefine(INamedTypeSymbol type, TypeDeclarationSyntax declaration, KnownTypes known, List<DiagnosticSnapshot> diagnostics)
    {
        if (WhyNoDefine(type, known) is not { } reason)
        {
            return true;
        }

        diagnostics.Add(DiagnosticSnapshot.Of(Rules.NoDefine, declaration.Identifier.GetLocation(), type.Name, reason));
        return false;
    }

    private static string? WhyNoDefine(INamedTypeSymbol type, KnownTypes known)
    {
        if (type.IsStatic)
        {
            return "a static class has no instance to define";
        }

        var methods = type.GetMembers().OfType<IMethodSymbol>().Where(method => method.Name == "Define").ToList();
        if (methods.Any(method => IsDefine(method, known)) || type.GetMembers().OfType<IMethodSymbol>().Any(method => ImplementsDefine(method, known)))
        {
            return null;
        }

        if (methods.Count == 0)
        {
            for (var current = type.BaseType; current is not null; current = current.BaseType)
            {
                if (current.GetMembers("Define").OfType<IMethodSymbol>().Any())
                {
                    return $"the one of {current.Name} is inherited";
                }
            }

            return "there is none";
        }

        var near = methods[0];
        return near switch
        {
            { IsStatic: true } => "it is static",
            { IsAsync: true } => "it is async",
            { ReturnsVoid: false } => $"it returns {near.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}",
            { TypeParameters.Length: > 0 } => "it is generic",
            { DeclaredAccessibility: not Accessibility.Public } => "it is not public",
            _ => "its parameters are others",
        };
    }

    private static bool IsDefine(IMethodSymbol method, KnownTypes known) =>
        method is { IsStatic: false, IsAsync: false, ReturnsVoid: true, TypeParameters.Length: 0, DeclaredAccessibility: Accessibility.Public, Parameters: [var parameter] }
        && parameter.RefKind == RefKind.None
        && SymbolEqualityComparer.Default.Equals(parameter.Type, known.Context);

    private static bool ImplementsDefine(IMethodSymbol method, KnownTypes known) =>
        method.ExplicitInterfaceImplementations.Any(implemented => SymbolEqualityComparer.Default.Equals(implemented.ContainingType, known.Pipeline));
}
