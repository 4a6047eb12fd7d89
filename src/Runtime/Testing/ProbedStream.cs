using System.ComponentModel;

namespace CodegenStreaming.Testing;

/// <summary>A stream, source or output as a test kit sees it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProbedStream
{
    internal ProbedStream(ProbedStreamKind kind, int id, string operatorName, string? name, Type recordType) =>
        (Kind, Id, OperatorName, Name, RecordType) = (kind, id, operatorName, name, recordType);

    /// <summary>Which of them.</summary>
    public ProbedStreamKind Kind { get; }

    /// <summary>The number among its kind, in the order of definition.</summary>
    public int Id { get; }

    /// <summary>The method that made it.</summary>
    public string OperatorName { get; }

    /// <summary>The name given by <c>Named</c>, or null.</summary>
    public string? Name { get; }

    /// <summary>The type of the records.</summary>
    public Type RecordType { get; }

    /// <summary>True for a source whose records come from outside the process: a server, a directory.</summary>
    public bool IsExternal { get; internal init; }
}
