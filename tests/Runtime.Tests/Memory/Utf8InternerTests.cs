using System.Text;

namespace CodegenStreaming.Tests.Memory;

public sealed class Utf8InternerTests
{
    [Fact]
    public void RepeatedText_IsTheSameString_AndAllocatesNothing()
    {
        var interner = new Utf8Interner();
        var (first, second) = (Utf8SliceTests.Within("Berlin"u8, 3, 1), Utf8SliceTests.Within("Berlin"u8, 0, 9));
        var name = interner.Intern(first);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = interner.Intern(second);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal("Berlin", name);
        Assert.Same(name, again);
    }

    [Fact]
    public void Strings_AreThoseOfTheTexts_HoweverFewPlacesThereAre() => Randomly.Test(200, random =>
    {
        var interner = new Utf8Interner(random.Next(1, 5), longest: 6);
        for (var round = 0; round < 100; round++)
        {
            var text = Randomly.Text(random, 8, "aé€");
            Assert.Equal(text, interner.Intern(Utf8SliceTests.Within(random, text)));
        }
    });

    [Fact]
    public void Strings_OutliveTheirBatch()
    {
        var interner = new Utf8Interner();
        var text = new CodegenStreaming.Sources.Utf8LineBuffer(new CodegenStreaming.Memory.BlockPool());
        text.WriteLine("kept"u8);
        var block = text.ToBlock();
        var name = interner.Intern(block.Read().First());
        block.Release();
        Assert.Same(name, interner.Intern(Utf8Slice.Copy("kept")));
        Assert.Equal("kept", name);
    }

    [Fact]
    public void ManyThreads_GetTheRightStrings()
    {
        var interner = new Utf8Interner(capacity: 2);
        Parallel.For(0, 4, thread =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                var number = (round * 7) % 10;
                var expected = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(expected, interner.Intern(Utf8Slice.Copy(Encoding.UTF8.GetBytes(expected))));
            }
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Capacities_ThatMakeNoSense_AreRefused(int capacity) => Assert.Throws<ArgumentOutOfRangeException>(() => new Utf8Interner(capacity));
}
