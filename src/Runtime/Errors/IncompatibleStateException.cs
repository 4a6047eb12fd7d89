namespace CodegenStreaming;

/// <summary>
/// A checkpoint has a state that the program, as it is now, cannot go on with, or of which it cannot be told whose it is. Nothing was changed: the program that
/// wrote the checkpoint can still go on. The message says what to do.
/// </summary>
public sealed class IncompatibleStateException : StreamingException
{
    internal IncompatibleStateException(string operatorName, string problem)
        : base($"{operatorName}: {problem}") => OperatorName = operatorName;

    /// <summary>The operator whose state it is, by its name or by what it is.</summary>
    public string OperatorName { get; }
}
