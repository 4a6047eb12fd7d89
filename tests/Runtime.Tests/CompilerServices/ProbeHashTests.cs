using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Tests.CompilerServices;

public sealed class ProbeHashTests
{
    [Fact]
    public void EqualStrings_HashAlike_AndASingleCharacterMakesADifference()
    {
        Assert.Equal(0u, ProbeHash.Of(null));
        for (var length = 0; length <= 60; length++)
        {
            var characters = new char[length];
            var hash = ProbeHash.Of(new string(characters));
            Assert.Equal(hash, ProbeHash.Of(new string(characters)));
            for (var position = 0; position < length; position++)
            {
                characters[position] = '\u0100';
                Assert.NotEqual(hash, ProbeHash.Of(new string(characters)));
                characters[position] = '\0';
            }
        }
    }

    [Theory]
    [InlineData("D1")]
    [InlineData("D6")]
    [InlineData("D20")]
    public void Hashes_SpreadOverBuckets_ForCountingWords(string format)
    {
        const int Buckets = 256;
        const int Words = 20_000;
        var counts = new int[Buckets];
        for (var number = 0; number < Words; number++)
        {
            counts[ProbeHash.Of(number.ToString(format, System.Globalization.CultureInfo.InvariantCulture)) & (Buckets - 1)]++;
        }

        // Chi square with 255 degrees of freedom: beyond 400 by chance once in 10^8.
        const double Expected = (double)Words / Buckets;
        Assert.InRange(counts.Sum(count => (count - Expected) * (count - Expected) / Expected), 0, 400);
    }
}
