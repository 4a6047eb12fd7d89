using CodegenStreaming.Generators.Emit;
using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// Sees where a chain over text begins with an operator that can be done on the whole buffer: <c>FlatMap(line => line.Split(' '))</c> and
/// <c>Filter(line => line.Contains("word"u8))</c>, also with further conditions behind an <c>&amp;&amp;</c>. The lambda must call the method on its own
/// parameter, and all arguments must be constants; the answer comes from the bound operations, never from text.
/// </summary>
internal static class TextHeadParser
{
    private const string WhiteSpace = "\t\n\v\f\r ";

    public static TextHeadModel? Parse(OperatorCall call, KnownTypes known)
    {
        if (!SymbolEqualityComparer.Default.Equals(call.Input, known.Text)
            || call.Functions is not [{ Value: IDelegateCreationOperation { Target: IAnonymousFunctionOperation function } }]
            || Result(function) is not { } result)
        {
            return null;
        }

        return call.Kind switch
        {
            OperatorKind.FlatMap when SymbolEqualityComparer.Default.Equals(call.Output, known.Text) => Split(Unconverted(result), function, known),
            OperatorKind.Filter => Containing(result, function, known),
            _ => null,
        };
    }

    /// <summary>What the function gives, where that is a single expression.</summary>
    private static IOperation? Result(IAnonymousFunctionOperation function) =>
        function.Symbol is { IsAsync: false, Parameters.Length: 1 } && function.Body.Operations is [IReturnOperation { ReturnedValue: { } value }] ? value : null;

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null, Operand: var operand })
        {
            operation = operand;
        }

        return operation;
    }

    private static IInvocationOperation? CallOn(IOperation operation, IAnonymousFunctionOperation function, string method, KnownTypes known) =>
        operation is IInvocationOperation { Instance: IParameterReferenceOperation receiver, TargetMethod: var target } call
        && target.Name == method
        && SymbolEqualityComparer.Default.Equals(target.ContainingType, known.Text)
        && SymbolEqualityComparer.Default.Equals(receiver.Parameter, function.Symbol.Parameters[0])
            ? call
            : null;

    private static TextHeadModel? Split(IOperation result, IAnonymousFunctionOperation function, KnownTypes known)
    {
        if (CallOn(result, function, "Split", known) is not { } call)
        {
            return null;
        }

        string? separators = null;
        var leavesOutEmpty = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter!.Name == "options")
            {
                // None and RemoveEmptyEntries. Trimming looks at each piece, and is left to the general form.
                if (argument.Value.ConstantValue is not { HasValue: true, Value: 0 or 1 })
                {
                    return null;
                }

                leavesOutEmpty = argument.Value.ConstantValue.Value is 1;
            }
            else
            {
                separators = Characters(argument.Value);
            }
        }

        if (separators is null || separators.Any(character => character >= 0x80))
        {
            return null;
        }

        separators = call.TargetMethod.Parameters[0].Name == "separators" && separators.Length == 0 ? WhiteSpace : separators;
        var text = separators.Length == 1 ? Text.Literal(separators[0]) : Text.Literal(separators);
        return separators.Length == 0 ? null : new TextHeadModel("Split", $"{text}, leaveOutEmpty: {(leavesOutEmpty ? "true" : "false")}", ReplacesStage: true);
    }

    /// <summary>The characters of a constant, or of a collection of constants; null where they are no constants.</summary>
    private static string? Characters(IOperation value)
    {
        value = Unconverted(value);
        if (value.ConstantValue is { HasValue: true, Value: char single })
        {
            return single.ToString();
        }

        IReadOnlyList<IOperation>? elements = value switch
        {
            ICollectionExpressionOperation collection => collection.Elements,
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            _ => null,
        };
        if (elements is null)
        {
            return null;
        }

        var characters = new System.Text.StringBuilder();
        foreach (var element in elements)
        {
            if (Unconverted(element).ConstantValue is not { HasValue: true, Value: char character })
            {
                return null;
            }

            characters.Append(character);
        }

        return characters.ToString();
    }

    private static TextHeadModel? Containing(IOperation condition, IAnonymousFunctionOperation function, KnownTypes known)
    {
        var first = Unconverted(condition);
        while (first is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null, LeftOperand: var left })
        {
            first = Unconverted(left);
        }

        if (CallOn(first, function, "Contains", known) is not { Arguments: [{ Value: var argument }] })
        {
            return null;
        }

        var wanted = Unconverted(argument) switch
        {
            IUtf8StringOperation utf8 => utf8.Value,
            { ConstantValue: { HasValue: true, Value: string text } } => text,
            { ConstantValue: { HasValue: true, Value: char character } } => character.ToString(),
            _ => null,
        };

        // Lone surrogates have no UTF-8 literal, and what contains a newline is in no line.
        return wanted is null or "" || wanted.Contains('\n') || wanted.Any(char.IsSurrogate)
            ? null
            : new TextHeadModel("Containing", Text.Literal(wanted) + "u8", ReplacesStage: ReferenceEquals(first, Unconverted(condition)));
    }
}
