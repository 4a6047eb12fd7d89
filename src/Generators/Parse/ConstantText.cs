using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CodegenStreaming.Generators.Parse;

/// <summary>The value of a local constant as an expression.</summary>
internal static class ConstantText
{
    public static string Of(ILocalSymbol constant, TypeNames types)
    {
        var value = constant.ConstantValue;
        return value switch
        {
            null => "null",
            _ when Member(constant) is { } member => $"{types.Of(constant.Type)}.{member}",
            int or bool or char or string when constant.Type.TypeKind != TypeKind.Enum => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
            double number => Of(number),
            float number => $"(float)({Of(number)})",
            decimal number => number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "m",
            _ => $"({types.Of(constant.Type)})({SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)})",
        };
    }

    /// <summary>The enumeration's member that has the value.</summary>
    private static string? Member(ILocalSymbol constant) =>
        constant.Type.TypeKind != TypeKind.Enum ? null
        : constant.Type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, constant.ConstantValue)) is { } member
            ? member.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat.WithMemberOptions(SymbolDisplayMemberOptions.None))
            : null;

    private static string Of(double number) =>
        double.IsNaN(number) ? "0.0 / 0.0"
        : double.IsPositiveInfinity(number) ? "1.0 / 0.0"
        : double.IsNegativeInfinity(number) ? "-1.0 / 0.0"
        : number == 0 && 1 / number < 0 ? "-0.0"
        : number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "d";
}
