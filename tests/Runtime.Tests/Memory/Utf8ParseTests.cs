using System.Globalization;
using System.Text;

namespace CodegenStreaming.Tests.Memory;

public sealed class Utf8ParseTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Theory]
    [InlineData("42")]
    [InlineData("-7 ")]
    [InlineData(" +7")]
    [InlineData("2147483648")]
    [InlineData("9223372036854775808")]
    [InlineData("1e3")]
    [InlineData("1,234.5")]
    [InlineData("-0.25")]
    [InlineData("NaN")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("12é")]
    public void Numbers_ParseAsStringsDo(string text)
    {
        var slice = Utf8SliceTests.Within(new Random(1), text);
        Assert.Equal((int.TryParse(text, Invariant, out var number), number), (slice.TryParse(out int parsed), parsed));
        Assert.Equal((long.TryParse(text, Invariant, out var wide), wide), (slice.TryParse(out long parsedWide), parsedWide));
        Assert.Equal((double.TryParse(text, Invariant, out var real), real), (slice.TryParse(out double parsedReal), parsedReal));
        Assert.Equal((decimal.TryParse(text, Invariant, out var money), money), (slice.TryParse(out decimal parsedMoney), parsedMoney));
        Assert.Equal((short.TryParse(text, Invariant, out var small), small), (slice.TryParse<short>(out var parsedSmall), parsedSmall));
    }

    [Fact]
    public void NumbersOfEveryForm_ParseAsTheFrameworkDoes() => Randomly.Test(20_000, random =>
    {
        var text = NumberText(random);
        var slice = Utf8SliceTests.Within(random, text);
        Assert.Equal((int.TryParse(text, Invariant, out var number), number), (slice.TryParse(out int parsed), parsed));
        Assert.Equal((long.TryParse(text, Invariant, out var wide), wide), (slice.TryParse(out long parsedWide), parsedWide));
        Assert.Equal((double.TryParse(text, Invariant, out var real), Bits(real)), (slice.TryParse(out double parsedReal), Bits(parsedReal)));
        Assert.Equal((decimal.TryParse(text, Invariant, out var money), Bits(money)), (slice.TryParse(out decimal parsedMoney), Bits(parsedMoney)));
    });

    [Fact]
    public void FixedNumbers_AreTheDecimalTimesItsUnits() => Randomly.Test(20_000, random =>
    {
        var text = NumberText(random);
        var decimals = random.Next(19);
        var slice = Utf8SliceTests.Within(random, text);
        long? expected = null;
        if (decimal.TryParse(text, Invariant, out var number))
        {
            // In whole numbers of any size: the number's own digits, moved.
            var bits = decimal.GetBits(number);
            var digits = new System.Numerics.BigInteger(new decimal(bits[0], bits[1], bits[2], bits[3] < 0, 0));
            var moved = decimals - number.Scale;
            var (units, rest) = moved >= 0
                ? (digits * System.Numerics.BigInteger.Pow(10, moved), 0)
                : System.Numerics.BigInteger.DivRem(digits, System.Numerics.BigInteger.Pow(10, -moved));
            expected = rest == 0 && units >= long.MinValue && units <= long.MaxValue ? (long)units : null;
        }

        Assert.Equal((expected is not null, expected ?? 0), (slice.TryParseFixed(decimals, out var value), value));
        if (expected is null)
        {
            Assert.Throws<FormatException>(() => slice.ParseFixed(decimals));
        }
        else
        {
            Assert.Equal(expected, slice.ParseFixed(decimals));
        }
    });

    /// <summary>Every text of a few characters, signs and points in every place, and bytes that are no ASCII.</summary>
    [Fact]
    public void FixedNumbersOfEveryShortText_AreTheDecimalTimesItsUnits()
    {
        char[] alphabet = ['0', '9', '.', '-', '+', '/', ':', '\u00FF', ' '];
        for (var length = 0; length <= 5; length++)
        {
            for (var number = 0; number < Math.Pow(alphabet.Length, length); number++)
            {
                var text = string.Create(length, number, (characters, rest) =>
                {
                    foreach (ref var character in characters)
                    {
                        (rest, var index) = Math.DivRem(rest, alphabet.Length);
                        character = alphabet[index];
                    }
                });
                var slice = Utf8SliceTests.Within(Encoding.Latin1.GetBytes(text), number % 3, number % 2);
                var isNumber = decimal.TryParse(text, Invariant, out var value);
                for (var decimals = 0; decimals < 4; decimals++)
                {
                    var units = value * (decimal)Math.Pow(10, decimals);
                    var isFixed = isNumber && units == decimal.Truncate(units);
                    var isRead = slice.TryParseFixed(decimals, out var actual);
                    if (isRead != isFixed || actual != (isFixed ? (long)units : 0))
                    {
                        Assert.Fail($"'{text}' with {decimals} decimals gives {(isRead ? actual : "nothing")}.");
                    }
                }
            }
        }
    }

    [Fact]
    public void FixedNumbers_HaveUpToEighteenDecimals()
    {
        Assert.Equal(1230, Utf8Slice.Copy("12.3").ParseFixed(2));
        Assert.Equal(-99_9, Utf8Slice.Copy("-99.9").ParseFixed(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Utf8Slice.Copy("1").ParseFixed(19));
        Assert.Throws<ArgumentOutOfRangeException>(() => Utf8Slice.Copy("1").ParseFixed(-1));
    }

    [Fact]
    public void TimesOfEveryForm_ParseAsTheFrameworkDoes() => Randomly.Test(20_000, random =>
    {
        const DateTimeStyles Styles =
            DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var text = TimeText(random);
        var slice = Utf8SliceTests.Within(random, text);
        var isTime = DateTime.TryParse(text, Invariant, Styles, out var time);
        Assert.Equal((isTime, time.Ticks, time.Kind), (slice.TryParse(out DateTime parsed), parsed.Ticks, parsed.Kind));
        var isPoint = DateTimeOffset.TryParse(text, Invariant, Styles, out var point);
        Assert.Equal((isPoint, point.Ticks, point.Offset), (slice.TryParse(out DateTimeOffset parsedPoint), parsedPoint.Ticks, parsedPoint.Offset));
    });

    [Fact]
    public void Parse_GivesTheValueOrThrows()
    {
        Assert.Equal(42, Utf8Slice.Copy("42").Parse<int>());
        Assert.Equal(1.5, Utf8Slice.Copy("1.5").Parse<double>());
        Assert.Throws<FormatException>(() => Utf8Slice.Copy("x").Parse<int>());
        Assert.Throws<FormatException>(() => default(Utf8Slice).Parse<int>());
        Assert.Throws<OverflowException>(() => Utf8Slice.Copy("2147483648").Parse<int>());
    }

    [Theory]
    [InlineData("2024-02-29T12:34:56Z", "2024-02-29T12:34:56.0000000Z")]
    [InlineData("2024-02-29T12:34:56.1234567+02:00", "2024-02-29T10:34:56.1234567Z")]
    [InlineData("2024-02-29 12:34", "2024-02-29T12:34:00.0000000Z")]
    [InlineData(" 2024-02-29 ", "2024-02-29T00:00:00.0000000Z")]
    public void Dates_AreReadAsUtc_OnEveryMachine(string text, string expected)
    {
        var slice = Utf8Slice.Copy(text);
        Assert.True(slice.TryParse(out DateTime date));
        Assert.Equal(expected, date.ToString("O", Invariant));
        Assert.True(slice.TryParse(out DateTimeOffset point));
        Assert.Equal(date, point.UtcDateTime);
        Assert.Equal(TimeSpan.Zero, point.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2023-02-29")]
    public void Dates_ThatAreNone_AreRefused(string text)
    {
        Assert.False(Utf8Slice.Copy(text).TryParse(out DateTime _));
        Assert.False(Utf8Slice.Copy(new string('1', 500) + text).TryParse(out DateTime _));
        Assert.False(Utf8Slice.Copy(text).TryParse(out DateTimeOffset _));
    }

    [Theory]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("{0f8fad5b-d9cb-469f-a165-70867728950e}")]
    [InlineData("0f8fad5bd9cb469fa16570867728950e")]
    [InlineData("0f8fad5b")]
    public void Guids_ParseAsStringsDo(string text) =>
        Assert.Equal((Guid.TryParse(text, out var expected), expected), (Utf8Slice.Copy(text).TryParse(out Guid parsed), parsed));

    [Fact]
    public void GuidsOfEveryForm_ParseAsTheFrameworkDoes() => Randomly.Test(20_000, random =>
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        var text = new Guid(bytes).ToString("DNBPX"[random.Next(3) == 0 ? random.Next(5) : random.Next(2)].ToString(), Invariant);
        var utf8 = Encoding.Latin1.GetBytes(random.Next(2) == 0 ? text.ToUpperInvariant() : text);
        if (random.Next(2) == 0)
        {
            utf8[random.Next(utf8.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"0-/:@AFGafg`xX+ \0"[random.Next(17)];
        }

        utf8 = random.Next(6) switch { 0 => [.. utf8, (byte)" 0-"[random.Next(3)]], 1 => utf8[..random.Next(utf8.Length + 1)], _ => utf8 };
        var slice = Utf8SliceTests.Within(utf8, random.Next(40), random.Next(2) * random.Next(40));
        var isGuid = Guid.TryParse(utf8, out var expected);
        Assert.Equal((isGuid, expected), (slice.TryParse(out Guid parsed), parsed));
        Assert.Equal((isGuid, expected), (slice.TryParse<Guid>(out var same), same));
        if (isGuid)
        {
            Assert.Equal(expected, slice.Parse<Guid>());
        }
    });

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static string Bits(decimal value) => string.Join(' ', decimal.GetBits(value));

    /// <summary>Mostly a number of the common form, at times with something before, within or behind it.</summary>
    private static string NumberText(Random random)
    {
        var digits = random.Next(3) == 0 ? random.Next(22) : random.Next(7);
        var characters = new List<char>();
        for (; digits > 0; digits--)
        {
            characters.Add(random.Next(6) == 0 ? '9' : (char)('0' + random.Next(10)));
        }

        if (random.Next(2) == 0)
        {
            characters.Insert(random.Next(characters.Count + 1), '.');
        }

        if (random.Next(6) == 0)
        {
            characters.Insert(random.Next(characters.Count + 1), ".,-+ eE/:\u00A0\0x"[random.Next(12)]);
        }

        return (random.Next(4) switch { 0 => "-", 1 => random.Next(4) == 0 ? "+" : "", _ => "" }) + string.Concat(characters);
    }

    /// <summary>Mostly a time of the common form, at times with a digit or a separator changed.</summary>
    private static string TimeText(Random random)
    {
        var time = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc);
        var format = random.Next(7) switch
        {
            0 => "yyyy-MM-dd",
            1 => "yyyy-MM-dd HH:mm:ss",
            2 => "yyyy-MM-ddTHH:mm:ss",
            3 => "yyyy-MM-ddTHH:mm:ssZ",
            4 => "yyyy-MM-dd HH:mm:ss." + new string('f', random.Next(1, 8)),
            5 => "yyyy-MM-ddTHH:mm:ss." + new string('f', random.Next(1, 8)) + "Z",
            _ => "yyyy-MM-ddTHH:mm",
        };
        var text = time.ToString(format, Invariant).ToCharArray();
        if (random.Next(3) == 0)
        {
            text[random.Next(text.Length)] = "0123456789 -:.TZ"[random.Next(16)];
        }

        return new string(text) + (random.Next(10) == 0 ? "Z+ 1"[random.Next(4)].ToString() : "");
    }
}
