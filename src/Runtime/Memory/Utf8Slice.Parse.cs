using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CodegenStreaming;

public readonly partial struct Utf8Slice
{
    private const DateTimeStyles TimeStyles =
        DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Reads the text as a value, such as <c>line.Parse&lt;int&gt;()</c>, in the invariant culture.</summary>
    /// <exception cref="FormatException">The text is no such value.</exception>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public T Parse<T>()
        where T : IUtf8SpanParsable<T> => T.Parse(Span, CultureInfo.InvariantCulture);

    /// <summary>Reads the text as a value in the invariant culture; false where it is none.</summary>
    public bool TryParse<T>([MaybeNullWhen(false)] out T value)
        where T : IUtf8SpanParsable<T> => T.TryParse(Span, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a whole number; false where the text is none or it does not fit.</summary>
    public bool TryParse(out int value) => int.TryParse(Span, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a whole number; false where the text is none or it does not fit.</summary>
    public bool TryParse(out long value) => long.TryParse(Span, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a number with a decimal point; false where the text is none.</summary>
    public bool TryParse(out double value) => double.TryParse(Span, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a number with a decimal point; false where the text is none or it does not fit.</summary>
    public bool TryParse(out decimal value) => decimal.TryParse(Span, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads an identifier in any of its usual forms; false where the text is none.</summary>
    public bool TryParse(out Guid value) => Guid.TryParse(Span, out value);

    /// <summary>Reads a date and time as UTC; where the text names no offset it is taken for UTC. False where the text is none.</summary>
    public bool TryParse(out DateTime value)
    {
        Span<char> text = stackalloc char[MaxTimeLength];
        value = default;
        return TryDecode(text, out var length) && DateTime.TryParse(text[..length], CultureInfo.InvariantCulture, TimeStyles, out value);
    }

    /// <summary>Reads a point in time as UTC; where the text names no offset it is taken for UTC. False where the text is none.</summary>
    public bool TryParse(out DateTimeOffset value)
    {
        Span<char> text = stackalloc char[MaxTimeLength];
        value = default;
        return TryDecode(text, out var length) && DateTimeOffset.TryParse(text[..length], CultureInfo.InvariantCulture, TimeStyles, out value);
    }

    /// <summary>No date is longer.</summary>
    private const int MaxTimeLength = 128;

    private bool TryDecode(Span<char> text, out int length) => Encoding.UTF8.TryGetChars(Span, text, out length);
}
