using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming;

public readonly partial struct Utf8Slice
{
    private const DateTimeStyles TimeStyles =
        DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Reads the text as a value, such as <c>line.Parse&lt;int&gt;()</c>, in the invariant culture.</summary>
    /// <exception cref="FormatException">The text is no such value.</exception>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Parse<T>()
        where T : IUtf8SpanParsable<T> => TryReadCommon<T>(out var value) ? value : T.Parse(Span, CultureInfo.InvariantCulture);

    /// <summary>Reads the text as a value in the invariant culture; false where it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryParse<T>([MaybeNullWhen(false)] out T value)
        where T : IUtf8SpanParsable<T> => TryReadCommon(out value) || T.TryParse(Span, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a whole number; false where the text is none or it does not fit.</summary>
    public bool TryParse(out int value) => TryParse<int>(out value);

    /// <summary>Reads a whole number; false where the text is none or it does not fit.</summary>
    public bool TryParse(out long value) => TryParse<long>(out value);

    /// <summary>Reads a number with a decimal point; false where the text is none.</summary>
    public bool TryParse(out double value) => TryParse<double>(out value);

    /// <summary>Reads a number with a decimal point; false where the text is none or it does not fit.</summary>
    public bool TryParse(out decimal value) => TryParse<decimal>(out value);

    /// <summary>
    /// Reads a number with a decimal point as a whole number of its smallest units: with two decimals, <c>12.3</c> is 1230. Whole numbers add up exactly,
    /// and faster than <see cref="decimal"/>.
    /// </summary>
    /// <param name="decimals">How many decimals a unit stands for, from 0 to 18.</param>
    /// <exception cref="FormatException">The text is no number, has more decimals or does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ParseFixed(int decimals) =>
        Utf8Numbers.TryReadShortScaled(ref First, _length, decimals, out var value) ? value : ParseOtherFixed(this, decimals);

    /// <summary>Reads a number with a decimal point as a whole number of its smallest units; false where the text is none, has more decimals or does not fit.</summary>
    /// <param name="decimals">How many decimals a unit stands for, from 0 to 18.</param>
    /// <param name="value">The number of units.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryParseFixed(int decimals, out long value) =>
        Utf8Numbers.TryReadShortScaled(ref First, _length, decimals, out value) || TryParseOtherFixed(this, decimals, out value);

    /// <summary>Reads an identifier in any of its usual forms; false where the text is none.</summary>
    public bool TryParse(out Guid value) => TryParse<Guid>(out value);

    /// <summary>Reads a date and time as UTC; where the text names no offset it is taken for UTC. False where the text is none.</summary>
    public bool TryParse(out DateTime value)
    {
        if (Utf8Times.TryRead(ref First, _length, out value))
        {
            return true;
        }

        Span<char> text = stackalloc char[MaxTimeLength];
        return TryDecode(text, out var length) && DateTime.TryParse(text[..length], CultureInfo.InvariantCulture, TimeStyles, out value);
    }

    /// <summary>Reads a point in time as UTC; where the text names no offset it is taken for UTC. False where the text is none.</summary>
    public bool TryParse(out DateTimeOffset value)
    {
        if (Utf8Times.TryRead(ref First, _length, out var time))
        {
            value = new DateTimeOffset(time);
            return true;
        }

        Span<char> text = stackalloc char[MaxTimeLength];
        value = default;
        return TryDecode(text, out var length) && DateTimeOffset.TryParse(text[..length], CultureInfo.InvariantCulture, TimeStyles, out value);
    }

    private const int MostDecimals = 18;

    /// <summary>No date is longer.</summary>
    private const int MaxTimeLength = 128;

    private bool TryDecode(Span<char> text, out int length) => Encoding.UTF8.TryGetChars(Span, text, out length);

    /// <summary>The common form of the types that are read most; the JIT keeps the one that is asked for. A local is reread as the type that it has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadCommon<T>([MaybeNullWhen(false)] out T value)
    {
        if (typeof(T) == typeof(int))
        {
            var isInt = Utf8Numbers.TryReadInteger(ref First, _length, out var wide) && wide == (int)wide;
            var number = (int)wide;
            value = Unsafe.As<int, T>(ref number);
            return isInt;
        }

        if (typeof(T) == typeof(long))
        {
            var isLong = Utf8Numbers.TryReadInteger(ref First, _length, out var number);
            value = Unsafe.As<long, T>(ref number);
            return isLong;
        }

        if (typeof(T) == typeof(double))
        {
            var isDouble = Utf8Numbers.TryReadDouble(ref First, _length, out var number);
            value = Unsafe.As<double, T>(ref number);
            return isDouble;
        }

        if (typeof(T) == typeof(decimal))
        {
            // Zeros are left to the framework, which knows negative ones.
            var isDecimal = Utf8Numbers.TryReadDecimal(ref First, _length, out var digits, out var decimals, out var minus) && digits != 0;
            var number = new decimal((int)digits, (int)(digits >> 32), 0, minus != 0, (byte)decimals);
            value = Unsafe.As<decimal, T>(ref number);
            return isDecimal;
        }

        if (typeof(T) == typeof(Guid))
        {
            var isGuid = Utf8Guids.TryRead(in First, _length, out var identifier);
            value = Unsafe.As<Guid, T>(ref identifier);
            return isGuid;
        }

        value = default;
        return false;
    }

    /// <summary>Any number. It takes the text as a value, because what is passed by reference is no longer kept in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ParseOtherFixed(Utf8Slice text, int decimals) =>
        TryParseOtherFixed(text, decimals, out var value) ? value : throw new FormatException($"The text is no number with at most {decimals} decimals that fits.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryParseOtherFixed(Utf8Slice text, int decimals, out long value) =>
        Utf8Numbers.TryReadScaled(ref text.First, text._length, decimals, out value) || text.TryParseFixedRarely(decimals, out value);

    private bool TryParseFixedRarely(int decimals, out long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)decimals, (uint)MostDecimals, nameof(decimals));
        value = 0;
        if (!TryParse(out decimal number))
        {
            return false;
        }

        var unit = 1m;
        for (var power = decimals; power > 0; power--)
        {
            unit *= 10;
        }

        // First what can't fit at all, so that the product can't be too large for a decimal.
        if (Math.Abs(number) > (long.MaxValue / unit) + 1)
        {
            return false;
        }

        number *= unit;
        var fits = number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue;
        value = fits ? (long)number : 0;
        return fits;
    }
}
