namespace CodegenStreaming.TestKit;

/// <summary>An expectation of a test was not met, or a step failed or took too long. The message is the report.</summary>
public sealed class StreamingTestException : Exception
{
    /// <summary>Makes an exception with its report.</summary>
    public StreamingTestException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its report and its cause.</summary>
    public StreamingTestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
