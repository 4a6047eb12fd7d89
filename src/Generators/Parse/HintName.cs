using System.Globalization;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse;

/// <summary>The name of a class's generated files: its own, and unique also where case is ignored, as the compiler ignores it here.</summary>
internal static class HintName
{
    public static string Of(INamedTypeSymbol type, string metadataName)
    {
        var name = metadataName.Replace('+', '.');
        for (ISymbol symbol = type; symbol is not INamespaceSymbol { IsGlobalNamespace: true }; symbol = symbol.ContainingSymbol)
        {
            if (HasTwin(symbol))
            {
                return $"{name}-{Capitals(name)}";
            }
        }

        return name;
    }

    private static bool HasTwin(ISymbol symbol) =>
        symbol.ContainingSymbol is INamespaceOrTypeSymbol outer
        && outer.GetMembers().Any(other => other is INamespaceOrTypeSymbol && other.Name != symbol.Name && string.Equals(other.Name, symbol.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Which letters are capitals, as a number.</summary>
    private static string Capitals(string name) =>
        name.Aggregate(17UL, (number, letter) => unchecked((number * 31) + (char.IsUpper(letter) ? 1UL : 2UL))).ToString("x", CultureInfo.InvariantCulture);
}
