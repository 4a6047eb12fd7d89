using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Memory;

public sealed class TextSearchTests
{
    [Fact]
    public void Search_FindsWhatASearchByteByByteFinds() => Randomly.Test(5000, random =>
    {
        var alphabet = random.Next(3);
        var text = Bytes(random, random.Next(random.Next(4) == 0 ? 1200 : 300), alphabet);
        var wanted = Bytes(random, random.Next(1, random.Next(3) == 0 ? 90 : 6), alphabet);
        if (random.Next(2) == 0 && text.Length >= wanted.Length)
        {
            wanted.CopyTo(text.AsSpan(random.Next(text.Length - wanted.Length + 1)));
        }

        // The text goes on behind the end with what is wanted, which must not be seen, and then there is the padding of a block and nothing more.
        var block = (byte[])[.. text, .. wanted, .. new byte[Utf8TextBlock.Padding]];
        var start = random.Next(text.Length + 1);
        var found = text.AsSpan(start).IndexOf(wanted);
        Assert.Equal(found < 0 ? -1 : start + found, new TextSearch(wanted).Find(ref block[0], start, text.Length));
    });

    [Fact]
    public void EveryPlace_IsFound_WhereverTheMasksBegin()
    {
        foreach (var wanted in (string[])["E", "ab", "ERROR", "aaaaaa"])
        {
            var bytes = System.Text.Encoding.ASCII.GetBytes(wanted);
            for (var length = bytes.Length; length < 600; length += 7)
            {
                for (var place = 0; place <= length - bytes.Length; place++)
                {
                    var block = new byte[length + Utf8TextBlock.Padding];
                    bytes.CopyTo(block, place);
                    Assert.Equal(place, new TextSearch(bytes).Find(ref block[0], 0, length));
                    Assert.Equal(-1, new TextSearch(bytes).Find(ref block[0], place + 1, length));
                    Assert.Equal(-1, new TextSearch(bytes).Find(ref block[0], 0, place + bytes.Length - 1));
                }
            }
        }
    }

    private static byte[] Bytes(Random random, int length, int alphabet)
    {
        var bytes = new byte[length];
        foreach (ref var value in bytes.AsSpan())
        {
            value = alphabet switch { 0 => "ab"u8[random.Next(2)], 1 => "aE \n"u8[random.Next(4)], _ => (byte)random.Next(256) };
        }

        return bytes;
    }
}
