using Microsoft.CodeAnalysis.CSharp;

namespace CodegenStreaming.Generators.Emit;

internal static class Text
{
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Literal(char character) => SymbolDisplay.FormatLiteral(character, quote: true);
}
