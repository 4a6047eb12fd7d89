using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>A call of an operator in a user's source: what interceptors annotate nodes with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CallSite
{
    internal CallSite(CallSiteTable table, int number, string operatorName, string file, int line, string text)
    {
        Table = table;
        Number = number;
        OperatorName = operatorName;
        File = file;
        Line = line;
        Text = text;
    }

    /// <summary>The table it stands in.</summary>
    public CallSiteTable Table { get; }

    /// <summary>Its number within the class.</summary>
    public int Number { get; }

    /// <summary>The operator's method name.</summary>
    public string OperatorName { get; }

    /// <summary>The user's file.</summary>
    public string File { get; }

    /// <summary>The line of the call, from one.</summary>
    public int Line { get; }

    /// <summary>The call's arguments as written, shortened.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{OperatorName}({Text}) at {File}:{Line}";
}
