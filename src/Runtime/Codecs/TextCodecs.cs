namespace CodegenStreaming.Codecs;

/// <summary>Writes strings, and null where one is.</summary>
public readonly struct StringCodec : ICodec<string>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.String);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, string value) => writer.WriteString(value);

    /// <inheritdoc/>
    public static string Read(ref RecordReader reader) => reader.ReadString()!;
}

/// <summary>Writes slices of text. What is read lies in memory that no batch takes back.</summary>
public readonly struct Utf8SliceCodec : ICodec<Utf8Slice>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Text);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, Utf8Slice value) => writer.WriteText(value.Span);

    /// <inheritdoc/>
    public static Utf8Slice Read(ref RecordReader reader) => reader.ReadSlice();
}
