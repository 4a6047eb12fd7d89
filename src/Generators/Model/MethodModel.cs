using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>A lambda that becomes a method of the class.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Comment">The call as written, shortened.</param>
/// <param name="Constants">Declarations of the local constants it uses.</param>
/// <param name="Body">The lambda's body, text unchanged.</param>
/// <param name="BodyKey">Finds the body's place in the user's file, for sequence points.</param>
internal sealed record MethodModel(
    string Name,
    string Comment,
    bool IsStatic,
    bool IsUnsafe,
    OverflowContext Overflow,
    string ReturnType,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<string> Constants,
    bool IsBlock,
    string Body,
    string BodyKey);

internal sealed record ParameterModel(string Type, string Name)
{
    /// <summary>True where the method gets a reference that it only reads through.</summary>
    public bool IsByReference { get; init; }
}

/// <summary>What the user's code says of arithmetic overflow around a lambda.</summary>
internal enum OverflowContext
{
    /// <summary>As the project says.</summary>
    Default,
    Checked,
    Unchecked,
}
