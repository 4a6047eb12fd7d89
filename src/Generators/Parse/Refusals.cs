using CodegenStreaming.Generators.Incremental;
using Microsoft.CodeAnalysis;
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
            var isAsync = argument.Value is IDelegateCreationOperation
            {
                Target: IAnonymousFunctionOperation { Symbol.IsAsync: true } or IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } },
            };
            if (isAsync)
            {
                parse.Diagnostics.Add(DiagnosticSnapshot.Of(Rules.AsyncFunction, argument.Value.Syntax, call.Method.Name));
            }
        }
    }
}
