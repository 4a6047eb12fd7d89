using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>A call as written, on one line and shortened.</summary>
internal static class SiteText
{
    private const int Limit = 80;

    public static string Of(OperatorCall call) => $"{call.Method.Name}({Arguments(call.Syntax)})";

    public static string Arguments(InvocationExpressionSyntax syntax)
    {
        var text = string.Join(" ", syntax.ArgumentList.Arguments.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Limit ? text : text.Substring(0, Limit - 1).TrimEnd() + "…";
    }
}
