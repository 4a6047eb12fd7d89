using CodegenStreaming.Memory;

namespace CodegenStreaming;

public readonly partial struct Utf8Slice
{
    /// <summary>
    /// The pieces between the occurrences of a character, as <see cref="string.Split(char, StringSplitOptions)"/> gives them, found while they are
    /// enumerated.
    /// </summary>
    /// <param name="separator">An ASCII character. For others there is <see cref="Split(string, StringSplitOptions)"/>.</param>
    /// <param name="options">Whether empty pieces are left out, and pieces trimmed.</param>
    /// <exception cref="ArgumentException">The separator is not an ASCII character.</exception>
    public Utf8Split Split(char separator, StringSplitOptions options = StringSplitOptions.None)
    {
        if (!char.IsAscii(separator))
        {
            ThrowNotAscii(nameof(separator));
        }

        return new Utf8Split(_block, _start, _length, (byte)separator, options);
    }

    /// <summary>The pieces between any of several characters, such as <c>line.Split(' ', '\t')</c>; between ASCII white space where none is given.</summary>
    /// <param name="separators">ASCII characters.</param>
    /// <exception cref="ArgumentException">A separator is not an ASCII character.</exception>
    public Utf8SplitAny Split(params ReadOnlySpan<char> separators) => Split(separators, StringSplitOptions.None);

    /// <summary>The pieces between any of several characters; between ASCII white space where none is given.</summary>
    /// <param name="separators">ASCII characters.</param>
    /// <param name="options">Whether empty pieces are left out, and pieces trimmed.</param>
    /// <exception cref="ArgumentException">A separator is not an ASCII character.</exception>
    public Utf8SplitAny Split(ReadOnlySpan<char> separators, StringSplitOptions options)
    {
        if (!System.Text.Ascii.IsValid(separators))
        {
            ThrowNotAscii(nameof(separators));
        }

        return new Utf8SplitAny(_block, _start, _length, separators.IsEmpty ? "\t\n\v\f\r " : separators, options);
    }

    /// <summary>The pieces between the occurrences of a string, compared ordinally; the whole text where the string is empty.</summary>
    /// <param name="separator">Any text. A single ASCII character is faster given as a <see cref="char"/>.</param>
    /// <param name="options">Whether empty pieces are left out, and pieces trimmed.</param>
    public Utf8SplitString Split(string separator, StringSplitOptions options = StringSplitOptions.None)
    {
        ArgumentNullException.ThrowIfNull(separator);
        return new Utf8SplitString(this, separator, options);
    }

    /// <summary>
    /// The piece of a number, from zero, of a text whose pieces a character separates, such as <c>line.Field(';', 2)</c>. The pieces before it are counted
    /// and not cut; those behind it are not looked at.
    /// </summary>
    /// <param name="separator">An ASCII character.</param>
    /// <param name="index">The number of the piece.</param>
    /// <exception cref="ArgumentException">The separator is not an ASCII character.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many pieces.</exception>
    public Utf8Slice Field(char separator, int index) => Split(separator)[index];

    /// <summary>The piece of a number, from zero; false where there are not so many.</summary>
    /// <param name="separator">An ASCII character.</param>
    /// <param name="index">The number of the piece.</param>
    /// <param name="field">The piece.</param>
    /// <exception cref="ArgumentException">The separator is not an ASCII character.</exception>
    public bool TryField(char separator, int index, out Utf8Slice field)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return Split(separator).TryFind(index, out field);
    }

    /// <summary>Walks over the pieces, for loops that name their separators' type.</summary>
    internal SplitCursor<TSeparators> Cursor<TSeparators>(TSeparators separators, StringSplitOptions options)
        where TSeparators : struct, ISeparators => new(_block, _start, _length, separators, options);

    private static void ThrowNotAscii(string parameter) =>
        throw new ArgumentException("A separator of UTF-8 text must be an ASCII character. For other ones give a string: Split(\"…\").", parameter);
}
