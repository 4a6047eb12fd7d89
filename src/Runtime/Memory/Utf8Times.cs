using System.Runtime.CompilerServices;

namespace CodegenStreaming.Memory;

/// <summary>
/// Reads the common form of a time, <c>2024-05-06T07:08:09.123Z</c>: with a space or a <c>T</c>, with or without the fraction of a second and the <c>Z</c>, or
/// the date alone. Other forms are left to the framework's parser.
/// </summary>
internal static class Utf8Times
{
    private const int DateLength = 10;
    private const int SecondsLength = 19;
    private const int MostFraction = 7;

    public static bool TryRead(ref byte text, int length, out DateTime value)
    {
        value = default;
        if (length > SecondsLength && Unsafe.Add(ref text, length - 1) == 'Z')
        {
            length--;
        }

        if (length is not DateLength and (< SecondsLength or > SecondsLength + 1 + MostFraction) || !TryReadDate(ref text, out var ticks))
        {
            return false;
        }

        if (length > DateLength && !TryReadTime(ref text, length, ref ticks))
        {
            return false;
        }

        value = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    private static bool TryReadDate(ref byte text, out long ticks)
    {
        var century = Utf8Numbers.TwoDigits(ref text, 0);
        var yearOfCentury = Utf8Numbers.TwoDigits(ref text, 2);
        var month = Utf8Numbers.TwoDigits(ref text, 5);
        var day = Utf8Numbers.TwoDigits(ref text, 8);
        ticks = 0;
        if (century > 99 || yearOfCentury > 99 || month is < 1 or > 12 || day < 1 || Unsafe.Add(ref text, 4) != '-' || Unsafe.Add(ref text, 7) != '-')
        {
            return false;
        }

        var year = (int)((century * 100) + yearOfCentury);
        if (year < 1 || day > DateTime.DaysInMonth(year, (int)month))
        {
            return false;
        }

        ticks = new DateTime(year, (int)month, (int)day).Ticks;
        return true;
    }

    private static bool TryReadTime(ref byte text, int length, ref long ticks)
    {
        var hour = Utf8Numbers.TwoDigits(ref text, 11);
        var minute = Utf8Numbers.TwoDigits(ref text, 14);
        var second = Utf8Numbers.TwoDigits(ref text, 17);
        if (Unsafe.Add(ref text, 10) is not ((byte)'T' or (byte)' ') || Unsafe.Add(ref text, 13) != ':' || Unsafe.Add(ref text, 16) != ':'
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ticks += ((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond;
        if (length == SecondsLength)
        {
            return true;
        }

        var fraction = length - SecondsLength - 1;
        if (fraction == 0 || Unsafe.Add(ref text, SecondsLength) != '.'
            || !Utf8Numbers.TryReadDigits(ref Unsafe.Add(ref text, SecondsLength + 1), fraction, out var digits))
        {
            return false;
        }

        for (; fraction < MostFraction; fraction++)
        {
            digits *= 10;
        }

        ticks += digits;
        return true;
    }
}
