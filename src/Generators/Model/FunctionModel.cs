using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>How a loop calls a user's function.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Callee">A method's name as the loop can write it; for a delegate, the name of the variable that holds it.</param>
/// <param name="DelegateType">The function's exact delegate type.</param>
/// <param name="DelegateIndex">The position among the delegates of the run's call sites.</param>
/// <param name="Cast">The type to which a directly called method's result is converted; empty where it is that type already.</param>
/// <param name="ArgumentCasts">The types to which a directly called method's arguments are converted, so that no overload is better; empty where they have them.</param>
/// <param name="Parameters">The user's parameter names: names for the loop's variables.</param>
internal sealed record FunctionModel(
    FunctionKind Kind, string Callee, string DelegateType, int DelegateIndex, string Cast, EquatableArray<string> ArgumentCasts, EquatableArray<string> Parameters);

internal enum FunctionKind
{
    /// <summary>A static method: a lambda's, or one of the user's.</summary>
    Static,

    /// <summary>A method of the pipeline instance.</summary>
    Instance,

    /// <summary>Whatever the delegate does.</summary>
    Delegate,
}
