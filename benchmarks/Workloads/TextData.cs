using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>
/// A million lines of eight words, the same in every run: ten thousand different words, a few of them frequent, as in real text. One line in a
/// hundred contains <see cref="Needle"/>.
/// </summary>
internal sealed class TextData
{
    public const string Needle = "ERROR";

    private const int WordsPerLine = 8;
    private const int Vocabulary = 10_000;

    private static readonly string[] Syllables = ["ka", "lo", "mi", "ren", "ta", "vo", "shi", "pe", "dun", "ar", "el", "so"];

    private readonly int _length;

    private TextData(List<byte> text, int[] ends)
    {
        _length = text.Count;
        Bytes = [.. text, .. new byte[Utf8TextBlock.Padding]];
        Ends = ends;
    }

    /// <summary>The lines one after another, each with its newline, and the padding of a block behind them.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where each line ends: the position of its newline.</summary>
    public int[] Ends { get; }

    public static TextData Create()
    {
        var random = new Random(17);
        var words = CreateWords(random);
        var bytes = new List<byte>(Workload.BatchSize * WordsPerLine * 8);
        var ends = new int[Workload.BatchSize];
        for (var line = 0; line < ends.Length; line++)
        {
            for (var word = 0; word < WordsPerLine; word++)
            {
                if (word > 0)
                {
                    bytes.Add((byte)' ');
                }

                bytes.AddRange(word == 5 && line % 100 == 0 ? "ERROR"u8 : words[(int)(Math.Pow(random.NextDouble(), 3) * Vocabulary)]);
            }

            ends[line] = bytes.Count;
            bytes.Add((byte)'\n');
        }

        return new TextData(bytes, ends);
    }

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

    private ReadOnlySpan<byte> LineAt(int line)
    {
        var start = StartOf(line);
        return Bytes.AsSpan(start, Ends[line] - start);
    }

    private static byte[][] CreateWords(Random random)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < Vocabulary)
        {
            words.Add(string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Syllables[random.Next(Syllables.Length)])));
        }

        return [.. words.OrderBy(word => word.Length).Select(Encoding.UTF8.GetBytes)];
    }
}
