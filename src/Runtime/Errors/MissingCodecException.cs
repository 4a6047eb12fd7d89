namespace CodegenStreaming;

/// <summary>Records are to be stored whose type has no codec.</summary>
public sealed class MissingCodecException : StreamingException
{
    internal MissingCodecException(Type type)
        : base($"Nothing knows how to write records of {type} as bytes. In a class marked [StreamingPipeline] or [StreamingOperators] the generator writes a codec "
            + "for the call that needs one (the class itself must not be private or generic); elsewhere pass a codec to the call, or give one to the engine "
            + "context with UseCodec. Numbers, strings, and structures without references need none.") => RecordType = type;

    /// <summary>The type of the records.</summary>
    public Type RecordType { get; }
}
