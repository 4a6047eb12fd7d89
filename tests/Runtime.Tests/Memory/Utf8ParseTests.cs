using System.Globalization;

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
}
