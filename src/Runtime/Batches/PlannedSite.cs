using System.Globalization;

namespace CodegenStreaming;

/// <summary>A call of an operator in the user's source.</summary>
/// <param name="OperatorName">The operator's method name.</param>
/// <param name="File">The user's file.</param>
/// <param name="Line">The line of the call, from one.</param>
/// <param name="Text">The call's arguments as written, shortened.</param>
/// <param name="Reason">Why the call is in no generated loop; null where it is.</param>
public sealed record PlannedSite(string OperatorName, string File, int Line, string Text, string? Reason)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var call = string.Create(CultureInfo.InvariantCulture, $"{OperatorName}({Text}) at {File}:{Line}");
        return Reason is null ? call : $"{call}: {Reason}";
    }
}
