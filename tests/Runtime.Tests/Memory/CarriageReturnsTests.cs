using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Memory;

public sealed class CarriageReturnsTests
{
    [Fact]
    public void Those_BeforeNewlines_AreTakenOut_AndNoOthers() => Randomly.Test(4000, random =>
    {
        var text = Randomly.Text(random, random.Next(3) == 0 ? 10 : 400, random.Next(2) == 0 ? "\r\nab" : "\r\nabcdefghijklmnopqrstuvwxyz");
        text = random.Next(2) == 0 ? text : text.Replace("\n", "\r\n", StringComparison.Ordinal);
        var start = random.Next(70);
        var expected = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Equal(expected, Removed(text, start, (bytes, end) => CarriageReturns.Remove(bytes, start, end)));
        Assert.Equal(expected, Removed(text, start, (bytes, end) => CarriageReturns.RemoveByPieces(bytes, start, start, end)));
    });

    [Fact]
    public void Text_ThatLacksThePadding_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CarriageReturns.Remove(new byte[Utf8TextBlock.Padding], 0, 1));

    /// <summary>The text as it is afterwards; what lies around it looks like text too, and what lies before it must not change.</summary>
    private static string Removed(string text, int start, Func<byte[], int, int> remove)
    {
        var bytes = new byte[start + text.Length + Utf8TextBlock.Padding];
        bytes.AsSpan().Fill((byte)'\n');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(start));
        var end = remove(bytes, start + text.Length);
        Assert.Equal(-1, bytes.AsSpan(0, start).IndexOfAnyExcept((byte)'\n'));
        return Encoding.ASCII.GetString(bytes, start, end - start);
    }
}
