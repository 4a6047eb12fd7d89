using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>How keys are hashed and compared: by what their default comparer does, without asking it where the JIT could not inline the answer.</summary>
internal static class KeyText
{
    public static string Hash(KeyModel key, string value, Func<string, string> name) => key.Equality switch
    {
        KeyEquality.String => $"{name("ProbeHash")}.Of({value})",
        KeyEquality.Operator => $"{value}.GetHashCode()",
        KeyEquality.Tuple => $"global::System.HashCode.Combine({string.Join(", ", key.Elements.Select((element, index) => Hash(element, $"{value}.Item{index + 1}", name)))})",
        _ => $"{name("EqualityComparer")}<{key.Type}>.Default.GetHashCode({value})",
    };

    public static string Equal(KeyModel key, string left, string right, Func<string, string> name) => key.Equality switch
    {
        KeyEquality.String => $"string.Equals({left}, {right})",
        KeyEquality.Operator => $"{left} == {right}",
        KeyEquality.Tuple => string.Join(" && ", key.Elements.Select((element, index) => Equal(element, $"{left}.Item{index + 1}", $"{right}.Item{index + 1}", name))),
        _ => $"{name("EqualityComparer")}<{key.Type}>.Default.Equals({left}, {right})",
    };
}
