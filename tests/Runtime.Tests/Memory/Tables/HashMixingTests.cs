using System.Runtime.Intrinsics;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Memory.Tables;

public sealed class HashMixingTests
{
    private const int Keys = 20_000;

    public static TheoryData<string> Sequences => ["counting", "upper half", "every 4096th", "doubles", "negative", "pairs", "bits", "texts", "texts alike at first", "texts as words", "texts as words, alike at first"];

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Hashes_SpreadOverTheirUpperAndLowerBits(string sequence)
    {
        var hashes = Enumerable.Range(0, Keys).Select(number => Hash(sequence, number)).ToArray();
        AssertSpread(hashes.Select(hash => hash >> 24));
        AssertSpread(hashes.Select(hash => hash & 0xFF));
        AssertSpread(hashes.Select(hash => (hash >> 12) & 0xFF));
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Hashes_OfDifferentKeys_AreRarelyEqual(string sequence)
    {
        // 20,000 keys among 2^32 hashes: 0.05 pairs are expected, ten of them once in 10^19.
        var hashes = Enumerable.Range(0, Keys).Select(number => Hash(sequence, number)).ToArray();
        Assert.InRange(hashes.Distinct().Count(), Keys - 10, Keys);
    }

    [Fact]
    public void LongTexts_DifferInTheirHash_WhereTheyDifferInOneByte()
    {
        for (var length = 16; length <= 80; length++)
        {
            var bytes = new byte[length];
            var hash = HashMixing.MixLong(in bytes[0], length);
            for (var position = 0; position < length; position++)
            {
                bytes[position] = 1;
                Assert.NotEqual(hash, HashMixing.MixLong(in bytes[0], length));
                bytes[position] = 0;
            }
        }
    }

    private static uint Hash(string sequence, int number) => sequence switch
    {
        "counting" => HashMixing.Mix((ulong)number),
        "upper half" => HashMixing.Mix((ulong)number << 40),
        "every 4096th" => HashMixing.Mix((ulong)number << 12),
        "doubles" => HashMixing.Mix(BitConverter.DoubleToUInt64Bits(number)),
        "negative" => HashMixing.Mix((ulong)-number),
        "texts" => HashMixing.Mix(Text(number, 0)),
        "texts alike at first" => HashMixing.Mix(Text(number, 16)),
        "texts as words" => HashMixing.MixWords(Text(number, 0).AsUInt64()),
        "texts as words, alike at first" => HashMixing.MixWords(Text(number, 16).AsUInt64()),
        "pairs" => HashMixing.Mix((ulong)(number % 141), (ulong)(number / 141)),
        _ => HashMixing.Mix(((ulong)(number % 150) << 48) | ((ulong)(number / 150) << 8)),
    };

    /// <summary>A number in decimal, somewhere in 32 bytes of which the last says how long it is.</summary>
    private static Vector256<byte> Text(int number, int start)
    {
        var bytes = new byte[Vector256<byte>.Count];
        number.TryFormat(bytes.AsSpan(start), out var length, default, System.Globalization.CultureInfo.InvariantCulture);
        bytes[^1] = (byte)(start + length);
        return Vector256.Create<byte>(bytes);
    }

    /// <summary>Chi square with 255 degrees of freedom: beyond 450 by chance once in 10^12.</summary>
    private static void AssertSpread(IEnumerable<uint> bytes)
    {
        var counts = new int[256];
        foreach (var value in bytes)
        {
            counts[value]++;
        }

        const double Expected = Keys / 256.0;
        Assert.InRange(counts.Sum(count => (count - Expected) * (count - Expected) / Expected), 0, 450);
    }
}
