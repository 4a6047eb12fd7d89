using System.Globalization;

namespace CodegenStreaming;

/// <summary>One operator of a plan.</summary>
/// <param name="Id">The operator id; for an output its number among the outputs.</param>
/// <param name="OperatorName">The method that made it.</param>
/// <param name="Name">The user's name for it, or null.</param>
/// <param name="Inputs">The ids of the operators that it reads.</param>
/// <param name="IsOutput">True for an output operation.</param>
/// <param name="IsInLoop">True when the call runs inside a generated loop.</param>
/// <param name="IsKept">True when the result lies in memory until the batch is done: inputs, results of exchanges, streams with several readers.</param>
/// <param name="File">The user's file with the call; null outside annotated classes.</param>
/// <param name="Line">The line of the call, from one; null outside annotated classes.</param>
public sealed record PlannedOperator(
    int Id, string OperatorName, string? Name, IReadOnlyList<int> Inputs, bool IsOutput, bool IsInLoop, bool IsKept, string? File, int? Line)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var number = IsOutput ? "output " + Id.ToString(CultureInfo.InvariantCulture) : Id.ToString(CultureInfo.InvariantCulture);
        var name = Name is null ? OperatorName : $"{OperatorName} '{Name}'";
        var reads = Inputs.Count > 0 ? " <- " + string.Join(", ", Inputs) : "";
        var place = File is null ? "" : $"  ({Path.GetFileName(File)}:{Line?.ToString(CultureInfo.InvariantCulture)})";
        return $"{number} {name}{reads}{(IsInLoop ? ", in a loop" : "")}{(IsKept ? ", kept" : "")}{place}";
    }
}
