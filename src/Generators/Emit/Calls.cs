using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

internal static class Calls
{
    /// <summary>A call of a user's function.</summary>
    public static string Of(FunctionModel function, string arguments)
    {
        var call = $"{(function.Kind == FunctionKind.Instance ? "pipeline." : "")}{function.Callee}({arguments})";
        return function.Cast.Length == 0 ? call : $"({function.Cast}){call}";
    }
}
