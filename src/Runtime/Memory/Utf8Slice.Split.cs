using System.Numerics;
using System.Runtime.CompilerServices;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Utf8Slice Field(char separator, int index) =>
        char.IsAscii(separator) && TryFindNear((byte)separator, index, out var start, out var length)
            ? new Utf8Slice(_block, _start + start, length)
            : FarField(this, separator, index);

    /// <summary>The piece of a number, from zero; false where there are not so many.</summary>
    /// <param name="separator">An ASCII character.</param>
    /// <param name="index">The number of the piece.</param>
    /// <param name="field">The piece.</param>
    /// <exception cref="ArgumentException">The separator is not an ASCII character.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryField(char separator, int index, out Utf8Slice field)
    {
        if (char.IsAscii(separator) && TryFindNear((byte)separator, index, out var start, out var length))
        {
            field = new Utf8Slice(_block, _start + start, length);
            return true;
        }

        return TryFarField(this, separator, index, out field);
    }

    /// <summary>Walks over the pieces, for loops that name their separators' type.</summary>
    internal SplitCursor<TSeparators> Cursor<TSeparators>(TSeparators separators, StringSplitOptions options)
        where TSeparators : struct, ISeparators => new(_block, _start, _length, separators, options);

    /// <summary>
    /// The piece of a number where it ends within the first 64 bytes: one mask of separators, and the text's end as one more, has it without a loop or a
    /// branch that a processor could not foresee. For a constant number there is no condition left but the last.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFindNear(byte separator, int index, out int start, out int length)
    {
        var inside = ByteMask.Lowest(_length);
        // Behind the text's last byte where that is among the 64; else nothing, since one more than all bits is zero.
        var ends = (ByteMask.Of(in First, separator) & inside) | (inside + 1);
        if (index > 1)
        {
            ends &= ends - 1;
        }

        if (index > 2)
        {
            ends &= ends - 1;
        }

        if (index > 3)
        {
            ends &= ends - 1;
        }

        for (var passed = 4; passed < index; passed++)
        {
            ends &= ends - 1;
        }

        start = 0;
        if (index > 0)
        {
            start = BitOperations.TrailingZeroCount(ends) + 1;
            ends &= ends - 1;
        }

        length = BitOperations.TrailingZeroCount(ends) - start;
        return ends != 0 && index >= 0;
    }

    /// <summary>Any piece. It takes the text as a value, because what is passed by reference is no longer kept in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Utf8Slice FarField(Utf8Slice text, char separator, int index) => text.Split(separator)[index];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFarField(Utf8Slice text, char separator, int index, out Utf8Slice field)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return text.Split(separator).TryFind(index, out field);
    }

    private static void ThrowNotAscii(string parameter) =>
        throw new ArgumentException("A separator of UTF-8 text must be an ASCII character. For other ones give a string: Split(\"…\").", parameter);
}
