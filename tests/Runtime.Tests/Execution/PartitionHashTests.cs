using System.Text;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Tests.Execution;

public sealed class PartitionHashTests
{
    private enum Small : byte
    {
        Two = 2,
    }

    private enum Wide : long
    {
        Two = 2,
        Negative = -3,
    }

    private readonly record struct Point(int X, int Y);

    /// <summary>Version 1. A change of one of these values moves the state of running programs: it needs a new version.</summary>
    [Fact]
    public void Version1_IsPinned()
    {
        var actual = new StringBuilder();
        void Pin<T>(T key, string name) => actual.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{name} {PartitionHash.Of(key):x8}");
        Pin("", "empty");
        Pin("word", "word");
        Pin("Straße €", "unicode");
        Pin(new string('x', 1000), "long text");
        Pin(0, "0");
        Pin(42, "42");
        Pin(-1, "-1");
        Pin(long.MaxValue, "max");
        Pin(1.5, "1.5");
        Pin(12.30m, "12.30");
        Pin(true, "true");
        Pin('x', "x");
        Pin(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "guid");
        Pin(new DateTime(2024, 2, 29, 12, 34, 56, DateTimeKind.Utc), "date");
        Pin(new DateOnly(2024, 2, 29), "day");
        Pin(TimeSpan.FromSeconds(1), "second");
        Pin(Wide.Two, "enum");
        Pin(("word", 42), "pair");
        Pin((1, ("a", 'b'), 2.5), "nested");
        Assert.Equal(Golden.ReplaceLineEndings("\n").Trim(), actual.ToString().ReplaceLineEndings("\n").Trim());
    }

    private const string Golden = """
        empty 2d068005
        word e3ce369c
        unicode 4a8339ec
        long text c0a4877b
        0 c77b3abb
        42 d5a6f8c8
        -1 5111c7e4
        max a233cf37
        1.5 2561a488
        12.30 c1dab461
        true 2fbc5935
        x 4f608b7c
        guid 113ad919
        date b3a4026e
        day 68fb0c3c
        second fec30657
        enum 2086c65c
        pair 4f763897
        nested 0b95998e
        """;

    [Fact]
    public void Numbers_HashAlike_WhateverTheirWidth()
    {
        Assert.All(
            [
                PartitionHash.Of(42L), PartitionHash.Of((short)42), PartitionHash.Of((byte)42), PartitionHash.Of(42u), PartitionHash.Of(42ul),
                PartitionHash.Of((sbyte)42), PartitionHash.Of((ushort)42), PartitionHash.Of<int?>(42), PartitionHash.Of<object>(42),
            ],
            hash => Assert.Equal(PartitionHash.Of(42), hash));
        Assert.Equal(PartitionHash.Of(-3), PartitionHash.Of((sbyte)-3));
        Assert.Equal(PartitionHash.Of(1.5), PartitionHash.Of(1.5f));
        Assert.Equal(PartitionHash.Of(2), PartitionHash.Of(Small.Two));
        Assert.Equal(PartitionHash.Of(2), PartitionHash.Of(Wide.Two));
        Assert.Equal(PartitionHash.Of(-3), PartitionHash.Of(Wide.Negative));
        Assert.Equal(PartitionHash.Of(Small.Two), PartitionHash.Of<object>(Small.Two));
    }

    [Fact]
    public void EqualKeys_HashAlike()
    {
        Assert.Equal(PartitionHash.Of(0.0), PartitionHash.Of(-0.0));
        Assert.Equal(PartitionHash.Of(double.NaN), PartitionHash.Of(-double.NaN));
        Assert.Equal(PartitionHash.Of(1.0m), PartitionHash.Of(1.000m));
        Assert.Equal(PartitionHash.Of(0m), PartitionHash.Of(-0.00m));
        Assert.Equal(PartitionHash.Of(new Point(1, 2)), PartitionHash.Of(new Point(1, 2)));
        Assert.Equal(PartitionHash.Of(("a", 1)), PartitionHash.Of((object)("a", 1L)));
        Assert.Equal(0u, PartitionHash.Of((string?)null));
        Assert.Equal(0u, PartitionHash.Of((int?)null));
        Assert.Equal(PartitionHash.Of(((string?)null, 1)), PartitionHash.Of(((object?)null, 1)));
    }

    [Fact]
    public void Text_HashesAlike_AsStringAndAsUtf8() => Randomly.Test(500, random =>
    {
        var text = Randomly.Text(random, 300, "abé€\U0001F600");
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // Random halves of pairs become U+FFFD.
        Assert.Equal(PartitionHash.Of(text), PartitionHash.Of(Utf8Slice.Copy(text)));
        Assert.Equal(PartitionHash.Of((text, 1)), PartitionHash.Of((Utf8Slice.Copy(text), 1)));
    });

    [Fact]
    public void UsualKeys_AreNotBoxed()
    {
        var text = Utf8Slice.Copy("word");
        Assert.Equal(0, Allocated(1) + Allocated(1L) + Allocated('x') + Allocated(true) + Allocated(1.5) + Allocated(1.5m) + Allocated("word") + Allocated(text)
            + Allocated(Guid.Empty) + Allocated(DateTime.UnixEpoch) + Allocated(DateTimeOffset.UnixEpoch) + Allocated(Wide.Two));

        static long Allocated<T>(T key)
        {
            var before = 0L;
            for (var round = 0; round < 3; round++)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                _ = PartitionHash.Of(key);
                before = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            return before;
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Keys_SpreadEvenly(int partitions)
    {
        const int Keys = 20_000;
        AssertEven(index => new HashPartitioner<int>(partitions).PartitionOf(index));
        AssertEven(index => new HashPartitioner<string>(partitions).PartitionOf($"user{index}"));
        AssertEven(index => new HashPartitioner<(string, int)>(partitions).PartitionOf(($"u{index % 100}", index)));

        void AssertEven(Func<int, int> partitionOf)
        {
            var counts = new int[partitions];
            for (var index = 0; index < Keys; index++)
            {
                counts[partitionOf(index)]++;
            }

            Assert.All(counts, count => Assert.InRange(count, 0.75 * Keys / partitions, 1.25 * Keys / partitions));
        }
    }

    [Fact]
    public void NoPartitions_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new HashPartitioner<int>(0));
}
