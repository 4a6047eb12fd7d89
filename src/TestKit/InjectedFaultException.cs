namespace CodegenStreaming.TestKit;

/// <summary>What a task or a receiver fails with where a test made it fail and named no other exception.</summary>
public sealed class InjectedFaultException : Exception
{
    /// <summary>Makes an exception that says what failed.</summary>
    public InjectedFaultException(string message)
        : base(message)
    {
    }
}
