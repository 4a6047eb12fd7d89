namespace CodegenStreaming;

/// <summary>An error of the streaming engine, as opposed to a wrong call.</summary>
public class StreamingException : Exception
{
    /// <summary>Makes an error with a message that says what to do.</summary>
    public StreamingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error with its cause.</summary>
    public StreamingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
