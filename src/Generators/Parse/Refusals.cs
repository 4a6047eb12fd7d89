using CodegenStreaming.Generators.Incremental;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Finds the calls that take no part in a loop, and says why; and functions that no operator awaits.</summary>
internal static class Refusals
{
    public static void Check(IReadOnlyList<OperatorCall> calls, ClassParse parse)
    {
        foreach (var call in calls)
        {
            CheckAsync(call, parse);
            if (call.Refusal is null && call.Kind == OperatorKind.Other)
            {
                continue;
            }

            var types = new[] { call.Input, call.Output }.OfType<ITypeSymbol>()
                .Concat(call.Functions.Select(function => (ITypeSymbol)function.Parameter!.Type))
                .Concat(call.Method.TypeArguments).ToList();
            if (types.Find(TypeNames.MentionsMethodParameter) is { } generic)
            {
                call.Refusal = "its method is generic";
                var record = TypeNames.MentionsMethodParameter(call.Input) ? call.Input : call.Output ?? generic;
                parse.Diagnostics.Add(DiagnosticSnapshot.Of(
                    Rules.GenericMethod, call.NameSyntax, call.Method.Name, record.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
                continue;
            }

            call.Refusal ??= types.Select(call.Part.Types.WhyNot).FirstOrDefault(reason => reason is not null);
            if (call.Refusal is not null)
            {
                parse.Diagnostics.Add(DiagnosticSnapshot.Of(Rules.Unfused, call.NameSyntax, call.Method.Name, call.Refusal));
            }
        }
    }

    private static void CheckAsync(OperatorCall call, ClassParse parse)
    {
        foreach (var argument in call.Functions)
        {
            if (argument.Value is IDelegateCreationOperation { Target: var target } && IsForgotten(target, argument.Parameter!, parse.Known))
            {
                parse.Diagnostics.Add(DiagnosticSnapshot.Of(Rules.AsyncFunction, argument.Value.Syntax, call.Method.Name, Instead(call.Method.Name)));
            }
        }
    }

    /// <summary>True for a function whose task nobody would wait for: the operator's own delegate gives none.</summary>
    private static bool IsForgotten(IOperation function, IParameterSymbol parameter, KnownTypes known)
    {
        var declared = ((INamedTypeSymbol)parameter.OriginalDefinition.Type).DelegateInvokeMethod!;
        return !known.IsTask(declared.ReturnType) && function switch
        {
            IAnonymousFunctionOperation { Symbol.IsAsync: true } => true,
            // () => SendAsync(), where a value is not asked for.
            IAnonymousFunctionOperation { Symbol.ReturnsVoid: true, Body.Operations: [IExpressionStatementOperation { Operation: var value }, ..] } lambda =>
                lambda.Syntax is LambdaExpressionSyntax { ExpressionBody: not null } && known.IsTask(value.Type),
            IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } } => true,
            _ => false,
        };
    }

    private static string Instead(string operatorName) => operatorName switch
    {
        "ForeachRdd" => "give it a function of the data set and a token, 'async (rdd, cancellation) => …', or of data set, time and token",
        "Map" or "FlatMap" or "Filter" or "Foreach" or "ForeachPartition" => $"'{operatorName}Async' does",
        _ => "its task would be forgotten",
    };
}
