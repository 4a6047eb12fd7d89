using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// Whether the plan can tell which instance a lambda of a helper method belongs to. A helper may be called on another instance of the pipeline class
/// than the one being defined, and the plan compares the delegate's target with the latter; but the target is a closure object as soon as a function
/// of the method captures a local.
/// </summary>
internal static class SharedClosure
{
    /// <param name="callsDefine">The class calls a <c>Define</c> itself: that one may run for another instance than the one being defined.</param>
    public static bool HidesTheInstance(AnonymousFunctionExpressionSyntax lambda, SemanticModel model, bool callsDefine) =>
        (callsDefine || lambda.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not MethodDeclarationSyntax { Identifier.ValueText: "Define" })
        && (model.AnalyzeDataFlow(lambda) is not { Succeeded: true } flow || flow.Captured.Any(IsLocal));

    /// <summary>A local or parameter of the method itself: neither the instance, nor a primary-constructor parameter, nor a variable within a lambda.</summary>
    private static bool IsLocal(ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol { IsThis: false }
        && symbol.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction and not MethodKind.Constructor };
}
