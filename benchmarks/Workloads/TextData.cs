using System.Globalization;
using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>
/// A million lines of about a hundred bytes, the same in every run: ten thousand different words, whose frequencies follow Zipf's law as those of
/// real text do. One line in a hundred contains <see cref="Needle"/>.
/// </summary>
internal sealed class TextData
{
    public const string Needle = "ERROR";
    public const int Lines = 1_000_000;

    private const int LineLength = 100;
    private const int Vocabulary = 10_000;

    private static readonly Lazy<TextData> Shared = new(Create);
    private static readonly string[] Syllables = ["ka", "lo", "mi", "ren", "ta", "vo", "shi", "pe", "dun", "ar", "el", "so"];

    private readonly int _length;

    private TextData(byte[] bytes, int length, int[] ends) => (Bytes, _length, Ends) = (bytes, length, ends);

    /// <summary>The text, made once for all workloads.</summary>
    public static TextData Instance => Shared.Value;

    /// <summary>The lines one after another, each with its newline, and the padding of a block behind them.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where each line ends: the position of its newline.</summary>
    public int[] Ends { get; }

    public Utf8TextBlock ToBlock() => new(Bytes, _length, Ends, Ends.Length, pool: null);

    /// <summary>The lines as strings.</summary>
    public string[] ToLines()
    {
        var lines = new string[Ends.Length];
        for (var line = 0; line < lines.Length; line++)
        {
            lines[line] = Encoding.UTF8.GetString(LineAt(line));
        }

        return lines;
    }

    /// <summary>The text as it came over the wire: lines with their separators.</summary>
    public byte[] ToWire() => Bytes[.._length];

    /// <summary>Where a line begins: behind the newline of the one before.</summary>
    public int StartOf(int line) => line == 0 ? 0 : Ends[line - 1] + 1;

    private static TextData Create()
    {
        var random = new Random(17);
        var words = new ZipfWords(CreateWords(random), random);
        using var text = new MemoryStream(Lines * (LineLength + 8));
        var ends = new int[Lines];
        for (var line = 0; line < ends.Length; line++)
        {
            var start = text.Length;
            if (line % 100 == 0)
            {
                text.Write("ERROR "u8);
            }

            text.Write(words.Next());
            while (text.Length - start < LineLength)
            {
                text.WriteByte((byte)' ');
                text.Write(words.Next());
            }

            ends[line] = (int)text.Length;
            text.WriteByte((byte)'\n');
        }

        var length = (int)text.Length;
        text.Write(new byte[Utf8TextBlock.Padding]);
        return new TextData(text.ToArray(), length, ends);
    }

    /// <summary>Words of one to five syllables with a digit behind some of them: two to sixteen bytes; the frequent ones are short.</summary>
    private static byte[][] CreateWords(Random random)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < Vocabulary)
        {
            var word = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Syllables[random.Next(Syllables.Length)]));
            words.Add(random.Next(8) == 0 ? word + random.Next(10).ToString(CultureInfo.InvariantCulture) : word);
        }

        return [.. words.OrderBy(word => word.Length).Select(Encoding.UTF8.GetBytes)];
    }

    private ReadOnlySpan<byte> LineAt(int line)
    {
        var start = StartOf(line);
        return Bytes.AsSpan(start, Ends[line] - start);
    }
}
