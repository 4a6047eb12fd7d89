using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

internal static class Calls
{
    /// <summary>A call of a user's function.</summary>
    public static string Of(FunctionModel function, params string[] arguments)
    {
        var casts = function.ArgumentCasts;
        var list = arguments.Select((argument, index) => index < casts.Count && casts[index].Length > 0 ? $"({casts[index]}){argument}" : argument);
        var call = $"{(function.Kind == FunctionKind.Instance ? "pipeline." : "")}{function.Callee}({string.Join(", ", list)})";
        return function.Cast.Length == 0 ? call : $"({function.Cast}){call}";
    }
}
