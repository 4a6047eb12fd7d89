using System.Text;

namespace CodegenStreaming;

public readonly partial struct Utf8Slice
{
    private const int EncodedOnStack = 256;

    /// <summary>Whether the text begins with these bytes, such as <c>"GET "u8</c>.</summary>
    public bool StartsWith(ReadOnlySpan<byte> utf8) => Span.StartsWith(utf8);

    /// <summary>Whether the text begins with a string, compared ordinally. A literal with <c>u8</c> is faster.</summary>
    public bool StartsWith(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return StartsWith(Encode(text, stackalloc byte[EncodedOnStack]));
    }

    /// <summary>Whether the text ends with these bytes.</summary>
    public bool EndsWith(ReadOnlySpan<byte> utf8) => Span.EndsWith(utf8);

    /// <summary>Whether the text ends with a string, compared ordinally. A literal with <c>u8</c> is faster.</summary>
    public bool EndsWith(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EndsWith(Encode(text, stackalloc byte[EncodedOnStack]));
    }

    /// <summary>Whether these bytes occur in the text, such as <c>"ERROR"u8</c>.</summary>
    public bool Contains(ReadOnlySpan<byte> utf8) => Span.IndexOf(utf8) >= 0;

    /// <summary>Whether a string occurs in the text, compared ordinally. A literal with <c>u8</c> is faster.</summary>
    public bool Contains(string text) => IndexOf(text) >= 0;

    /// <summary>Whether a character occurs in the text.</summary>
    public bool Contains(char character) => IndexOf(character) >= 0;

    /// <summary>The position of the first occurrence of these bytes, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8) => Span.IndexOf(utf8);

    /// <summary>The position, in bytes, of the first occurrence of a string, compared ordinally, or -1. A literal with <c>u8</c> is faster.</summary>
    public int IndexOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IndexOf(Encode(text, stackalloc byte[EncodedOnStack]));
    }

    /// <summary>The position, in bytes, of the first occurrence of a character, or -1.</summary>
    public int IndexOf(char character) =>
        char.IsAscii(character) ? Span.IndexOf((byte)character) : IndexOf(Encode([character], stackalloc byte[EncodedOnStack]));

    /// <summary>The position of the last occurrence of these bytes, or -1.</summary>
    public int LastIndexOf(ReadOnlySpan<byte> utf8) => Span.LastIndexOf(utf8);

    /// <summary>The text without white space (Unicode's) at both ends.</summary>
    public Utf8Slice Trim() => TrimStart().TrimEnd();

    /// <summary>The text without white space (Unicode's) at its beginning.</summary>
    public Utf8Slice TrimStart()
    {
        var text = Span;
        var start = 0;
        while (start < text.Length && WhiteSpaceAtStart(text[start..]) is > 0 and var length)
        {
            start += length;
        }

        return new Utf8Slice(_block, _start + start, _length - start);
    }

    /// <summary>The text without white space (Unicode's) at its end.</summary>
    public Utf8Slice TrimEnd()
    {
        var text = Span;
        var end = text.Length;
        while (end > 0 && WhiteSpaceAtEnd(text[..end]) is > 0 and var length)
        {
            end -= length;
        }

        return new Utf8Slice(_block, _start, end);
    }

    private static int WhiteSpaceAtStart(ReadOnlySpan<byte> text)
    {
        if (text[0] < 0x80)
        {
            return char.IsWhiteSpace((char)text[0]) ? 1 : 0;
        }

        return Rune.DecodeFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(rune) ? length : 0;
    }

    private static int WhiteSpaceAtEnd(ReadOnlySpan<byte> text)
    {
        if (text[^1] < 0x80)
        {
            return char.IsWhiteSpace((char)text[^1]) ? 1 : 0;
        }

        return Rune.DecodeLastFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(rune) ? length : 0;
    }

    /// <summary>The UTF-8 form of a text, in the given memory where it fits.</summary>
    private static ReadOnlySpan<byte> Encode(ReadOnlySpan<char> text, Span<byte> buffer)
    {
        if (Encoding.UTF8.TryGetBytes(text, buffer, out var length))
        {
            return buffer[..length];
        }

        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
