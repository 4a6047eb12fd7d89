namespace CodegenStreaming.Sources;

/// <summary>Where a <see cref="LineSplitter"/> puts its lines.</summary>
internal interface ILineSink
{
    /// <summary>Takes one line, without its line end. The bytes are valid during the call.</summary>
    void WriteLine(ReadOnlySpan<byte> line);

    /// <summary>Takes whole lines, each with the newline that ends it and without a carriage return before that. The bytes are valid during the call.</summary>
    void WriteLines(ReadOnlySpan<byte> lines);
}
