using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>How keys are hashed and compared: by what their default comparer does, without asking it where the JIT could not inline the answer.</summary>
internal static class KeyText
{
    /// <summary>The type of what a table keeps of a key beside it.</summary>
    public static string ImageType(KeyModel key, Func<string, string> name) => name(key.Equality switch
    {
        KeyEquality.Utf8 => "Utf8Image",
        KeyEquality.Operator => "NumberImage",
        _ => "HashImage",
    });

    public static string Image(KeyModel key, string value, Func<string, string> name) =>
        key.Equality == KeyEquality.Utf8 ? $"{name("Utf8Image")}.Of({value})" : $"new({Hash(key, value, name)})";

    public static string Equal(KeyModel key, string left, string right, Func<string, string> name) =>
        key.Equality == KeyEquality.Utf8 ? $"{name("Utf8Image")}.AreEqual(in {left}, {left}Image, {right}, {right}Image)" : EqualElement(key, left, right, name);

    private static string Hash(KeyModel key, string value, Func<string, string> name) => key.Equality switch
    {
        KeyEquality.String or KeyEquality.Operator => $"{name("ProbeHash")}.Of({value})",
        KeyEquality.Utf8 => $"{name("ProbeHash")}.Of({value}.GetHashCode())",
        KeyEquality.Tuple => key.Elements
            .Select((element, index) => Word(element, $"{value}.Item{index + 1}", name))
            .Aggregate((left, right) => $"{name("ProbeHash")}.Of({left}, {right})"),
        _ => $"{name("ProbeHash")}.Of({name("EqualityComparer")}<{key.Type}>.Default.GetHashCode({value}))",
    };

    /// <summary>What an element adds to its tuple's hash: numbers are mixed once, together.</summary>
    private static string Word(KeyModel element, string value, Func<string, string> name) =>
        element.Equality == KeyEquality.Operator ? $"{name("ProbeHash")}.Word({value})" : Hash(element, value, name);

    private static string EqualElement(KeyModel key, string left, string right, Func<string, string> name) => key.Equality switch
    {
        KeyEquality.String => $"string.Equals({left}, {right})",
        KeyEquality.Operator or KeyEquality.Utf8 => $"{left} == {right}",
        KeyEquality.Tuple => string.Join(" && ", key.Elements.Select((element, index) => EqualElement(element, $"{left}.Item{index + 1}", $"{right}.Item{index + 1}", name))),
        _ => $"{name("EqualityComparer")}<{key.Type}>.Default.Equals({left}, {right})",
    };
}
