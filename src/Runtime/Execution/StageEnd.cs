using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution;

/// <summary>What ends a stage, as failures name it: an operator with an exchange, an action, an output.</summary>
/// <param name="OperatorName">The method's name.</param>
/// <param name="Site">Where the user called it, in an annotated class.</param>
/// <param name="Id">The operator id; -1 for what is made inside a batch.</param>
/// <param name="Name">The user's name for it.</param>
internal sealed record StageEnd(string OperatorName, CallSite? Site, int Id = -1, string? Name = null)
{
    public static implicit operator StageEnd(DatasetNode node) => node.End;
}
