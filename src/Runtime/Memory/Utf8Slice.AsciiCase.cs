using CodegenStreaming.Memory;

namespace CodegenStreaming;

public readonly partial struct Utf8Slice
{
    /// <summary>Whether the text is these bytes, whatever the case of ASCII letters; every other byte is itself.</summary>
    public bool EqualsIgnoreAsciiCase(ReadOnlySpan<byte> utf8) => AsciiCase.AreEqual(Span, utf8);

    /// <summary>Whether two texts are the same, whatever the case of ASCII letters.</summary>
    public bool EqualsIgnoreAsciiCase(Utf8Slice other) => AsciiCase.AreEqual(Span, other.Span);

    /// <summary>Whether the text begins with these bytes, whatever the case of ASCII letters.</summary>
    public bool StartsWithIgnoreAsciiCase(ReadOnlySpan<byte> utf8) => utf8.Length <= _length && AsciiCase.AreEqual(Span[..utf8.Length], utf8);

    /// <summary>Whether the text ends with these bytes, whatever the case of ASCII letters.</summary>
    public bool EndsWithIgnoreAsciiCase(ReadOnlySpan<byte> utf8) => utf8.Length <= _length && AsciiCase.AreEqual(Span[^utf8.Length..], utf8);

    /// <summary>Whether these bytes occur in the text, whatever the case of ASCII letters, such as <c>"error"u8</c>.</summary>
    public bool ContainsIgnoreAsciiCase(ReadOnlySpan<byte> utf8) => IndexOfIgnoreAsciiCase(utf8) >= 0;

    /// <summary>The position of the first occurrence of these bytes, whatever the case of ASCII letters, or -1.</summary>
    public int IndexOfIgnoreAsciiCase(ReadOnlySpan<byte> utf8) => AsciiCase.IndexOf(ref First, _length, utf8);
}
