using System.Text;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Memory;

public sealed class BlockTests
{
    private readonly BlockPool _pool = new();

    [Fact]
    public void Memory_GoesBack_WithTheLastRelease()
    {
        var block = ArrayOf("a", "b");
        block.Retain();
        block.Release();
        Assert.Equal(["a", "b"], block.Records.ToArray());
        Assert.Equal(1, _pool.Outstanding);
        block.Release();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void References_AreClearedInReturnedArrays()
    {
        var block = ArrayOf("a", "b");
        var items = _pool.Rent<string>(4);
        (items[0], items[1]) = ("x", "y");
        _pool.Return(items, 2);
        Assert.All(items, Assert.Null);
        block.Release();
    }

    [Fact]
    public void Records_AreRefused_AfterTheRelease()
    {
        var block = ArrayOf("a");
        var records = block.Read().GetEnumerator();
        block.Release();
        Assert.Throws<ObjectDisposedException>(() => block.Records.Length);
        Assert.Throws<ObjectDisposedException>(() => records.MoveNext());
    }

    [Fact]
    public void Slices_AreRefusedWithAdvice_AfterTheRelease()
    {
        var block = TextOf("one two", "three");
        var slices = block.Read().ToArray();
        var pieces = slices[0].Split(' ').GetEnumerator();
        Assert.Equal("one two", slices[0].ToString());
        block.Release();
        Assert.Equal(0, _pool.Outstanding);
        Assert.Contains("ToString()", Assert.Throws<ObjectDisposedException>(() => slices[0].ToString()).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => slices[0].Span.Length);
        Assert.Throws<ObjectDisposedException>(() => block.Read().First());
        Assert.Throws<ObjectDisposedException>(() => block.Lines(1, 1));
        Assert.Throws<ObjectDisposedException>(() => slices[0].GetHashCode());
        Assert.Throws<ObjectDisposedException>(() => slices[0].Equals(slices[0]));
        Assert.Throws<ObjectDisposedException>(() => slices[0].Trim());
        Assert.Throws<ObjectDisposedException>(() => pieces.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => slices[0].TryParse(out int _));
        Assert.Equal(7, slices[0].Length);
    }

    [Fact]
    public void DetachedText_OutlivesItsBlock_AndIsNotPooled()
    {
        var block = TextOf("one two", "three");
        var slices = block.Read().ToArray();
        block.Detach();
        Assert.Equal(0, _pool.Outstanding);
        block.Detach();
        block.Release();
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(["one two", "three"], slices.Select(slice => slice.ToString()));
    }

    [Fact]
    public void Lines_AreReadInRuns()
    {
        var texts = Enumerable.Range(0, 20).Select(number => new string('x', number % 5)).ToArray();
        var block = TextOf(texts);
        for (var start = 0; start <= texts.Length; start++)
        {
            var lines = block.Lines(start, texts.Length - start);
            var read = new List<string>();
            while (lines.TryRead(out var line))
            {
                read.Add(line.ToString());
            }

            Assert.Equal(texts[start..], read);
        }

        Assert.Throws<InvalidOperationException>(() => block.Records.Length);
        block.Release();
    }

    [Fact]
    public void TextBlock_IsRefused_WithoutPadding()
    {
        var padding = Utf8TextBlock.Padding;
        var failure = Assert.Throws<ArgumentException>(() => new Utf8TextBlock(new byte[padding + 1], 2, [1], 1, pool: null));
        Assert.Contains("64 bytes behind its text", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, new Utf8TextBlock(new byte[padding], 0, [], 0, pool: null).Count);
    }

    [Fact]
    public void TextBlock_HasANewlineBehindEachLine_AndPaddingBehindTheText() => Randomly.Test(300, random =>
    {
        var lines = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Randomly.Text(random, 300, "ab ")).ToArray();
        var block = TextOf(lines);
        Assert.Equal(lines.Sum(line => line.Length + 1 + sizeof(int)), block.ByteSize);
        for (var line = 0; line < lines.Length; line++)
        {
            Assert.Equal((byte)'\n', block.Bytes![block.Ends[line]]);
            Assert.Equal(lines[line], Encoding.UTF8.GetString(block.Bytes, block.StartOf(line), lines[line].Length));
        }

        Assert.True(block.Bytes!.Length - block.Ends[lines.Length - 1] > Utf8TextBlock.Padding);
        block.Release();
    });

#if DEBUG
    [Fact]
    public void SurplusReleases_FailAnAssertion()
    {
        var block = ArrayOf("a");
        block.Release();
        Assert.ThrowsAny<Exception>(block.Release);
        var other = ArrayOf("a");
        other.Release();
        Assert.ThrowsAny<Exception>(other.Retain);
    }
#endif

    private ArrayBlock<string> ArrayOf(params string[] records)
    {
        var items = _pool.Rent<string>(records.Length);
        records.CopyTo(items, 0);
        return new ArrayBlock<string>(items, records.Length, _pool);
    }

    private Utf8TextBlock TextOf(params string[] lines)
    {
        var buffer = new Utf8LineBuffer(_pool);
        foreach (var line in lines)
        {
            buffer.WriteLine(Encoding.UTF8.GetBytes(line));
        }

        return (Utf8TextBlock)buffer.ToBlock();
    }
}
