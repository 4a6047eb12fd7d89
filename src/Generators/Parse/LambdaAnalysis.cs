using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// Whether a lambda's body, copied into a method of the class, binds to the same symbols; and what that method needs.
/// </summary>
internal sealed class LambdaAnalysis
{
    private readonly AnonymousFunctionExpressionSyntax _lambda;
    private readonly INamedTypeSymbol _type;
    private readonly List<ILocalSymbol> _constants = [];

    private LambdaAnalysis(AnonymousFunctionExpressionSyntax lambda, INamedTypeSymbol type) => (_lambda, _type) = (lambda, type);

    /// <summary>Why the body cannot be copied; null where it can.</summary>
    public string? Reason { get; private set; }

    public bool UsesInstance { get; private set; }

    /// <summary>Constants of the enclosing functions.</summary>
    public IReadOnlyList<ILocalSymbol> Constants => _constants;

    public static LambdaAnalysis Of(IAnonymousFunctionOperation function, SemanticModel model, INamedTypeSymbol type, CancellationToken cancellation)
    {
        var lambda = (AnonymousFunctionExpressionSyntax)function.Syntax;
        var analysis = new LambdaAnalysis(lambda, type);
        analysis.Reason = analysis.CheckSyntax()
            ?? analysis.CheckNames(model, cancellation)
            ?? function.Descendants().Select(analysis.CheckOperation).FirstOrDefault(reason => reason is not null);
        return analysis;
    }

    /// <summary>A parameter that all instance members see; a record's they see as a property.</summary>
    private static bool IsPrimaryConstructorParameter(ISymbol symbol, INamedTypeSymbol type, CancellationToken cancellation) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
        && !type.IsRecord
        && SymbolEqualityComparer.Default.Equals(constructor.ContainingType, type)
        && constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation) is TypeDeclarationSyntax);

    private string? CheckSyntax()
    {
        if (_lambda.ContainsDirectives)
        {
            return "it contains preprocessor directives";
        }

        if (_lambda.DescendantNodes().Any(node => node.IsKind(SyntaxKind.FieldExpression)))
        {
            return "it uses the field keyword";
        }

        return _lambda.Modifiers.Any(SyntaxKind.AsyncKeyword) ? "it is async" : null;
    }

    private string? CheckNames(SemanticModel model, CancellationToken cancellation)
    {
        foreach (var name in _lambda.Body.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            if (name.Parent is NameColonSyntax or NameEqualsSyntax { Parent: AttributeArgumentSyntax })
            {
                continue;
            }

            if (model.GetSymbolInfo(name, cancellation).Symbol is { } symbol && CheckSymbol(symbol, cancellation) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private string? CheckSymbol(ISymbol symbol, CancellationToken cancellation)
    {
        switch (symbol)
        {
            case ILocalSymbol { IsConst: true } constant when !IsInside(constant, cancellation):
                if (!_constants.Contains(constant, SymbolEqualityComparer.Default))
                {
                    _constants.Add(constant);
                }

                return null;
            case ILocalSymbol when !IsInside(symbol, cancellation):
                return $"it captures the local {symbol.Name}";
            case IRangeVariableSymbol when !IsInside(symbol, cancellation):
                return $"it captures the range variable {symbol.Name}";
            case IMethodSymbol { MethodKind: MethodKind.LocalFunction } when !IsInside(symbol, cancellation):
                return $"it calls the local function {symbol.Name}";
            case IParameterSymbol when IsPrimaryConstructorParameter(symbol, _type, cancellation):
                UsesInstance = true;
                return null;
            case IParameterSymbol when !IsInside(symbol, cancellation):
                return $"it captures the parameter {symbol.Name}";
            case ITypeParameterSymbol parameter when TypeNames.IsOfMethod(parameter) && !IsInside(symbol, cancellation):
                return $"it uses the type parameter {symbol.Name} of a method";
            case ITypeParameterSymbol:
                return null;
        }

        for (var type = symbol as INamedTypeSymbol ?? symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                return $"it uses the type {type.Name}, which is local to its file";
            }
        }

        return null;
    }

    private string? CheckOperation(IOperation operation)
    {
        switch (operation)
        {
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                UsesInstance = true;
                return null;
            case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation:
            case { Type.TypeKind: TypeKind.Dynamic }:
                return "it is dynamic";
            case IConversionOperation { Type: INamedTypeSymbol { Name: "Expression", ContainingNamespace.Name: "Expressions" } }:
            case IDelegateCreationOperation { Type: INamedTypeSymbol { Name: "Expression" } }:
                return "it contains an expression tree";
            case IArgumentOperation { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter } when IsCallerInfo(parameter):
                return $"it calls {parameter.ContainingSymbol.Name}, which asks for its caller";
            default:
                return null;
        }
    }

    private static bool IsCallerInfo(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(attribute => attribute.AttributeClass is
        {
            Name: "CallerMemberNameAttribute" or "CallerLineNumberAttribute" or "CallerFilePathAttribute",
            ContainingNamespace.Name: "CompilerServices",
        });

    private bool IsInside(ISymbol symbol, CancellationToken cancellation) =>
        symbol.DeclaringSyntaxReferences.Any(reference =>
            reference.SyntaxTree == _lambda.SyntaxTree && _lambda.Span.Contains(reference.GetSyntax(cancellation).Span))
        || (symbol is IParameterSymbol { IsImplicitlyDeclared: true } && symbol.ContainingSymbol is { } method && IsInside(method, cancellation));

    /// <summary>What the code around a lambda says of overflow; the innermost statement or expression counts.</summary>
    public static OverflowContext Overflow(SyntaxNode lambda)
    {
        foreach (var ancestor in lambda.Ancestors())
        {
            switch (ancestor.Kind())
            {
                case SyntaxKind.CheckedExpression or SyntaxKind.CheckedStatement:
                    return OverflowContext.Checked;
                case SyntaxKind.UncheckedExpression or SyntaxKind.UncheckedStatement:
                    return OverflowContext.Unchecked;
            }
        }

        return OverflowContext.Default;
    }

    public static bool IsUnsafe(SyntaxNode lambda) => lambda.Ancestors().Any(ancestor =>
        ancestor is UnsafeStatementSyntax
        || (ancestor is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.UnsafeKeyword))
        || (ancestor is LocalFunctionStatementSyntax local && local.Modifiers.Any(SyntaxKind.UnsafeKeyword)));
}
