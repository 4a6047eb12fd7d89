using System.Globalization;
using System.Text;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>
/// Ten million measurements as a file of lines <c>station;12.3</c>, as in the one billion row challenge: written on first use into a folder of its
/// own for temporary files, and the same in every run. Names have some twelve letters, as those of towns do; of ten thousand, some have up to a
/// hundred bytes, and not all letters are ASCII.
/// </summary>
internal static class OneBrcData
{
    public const int Rows = 10_000_000;

    private const string Version = "2";
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>Returns the path of the file.</summary>
    public static string Create(int stations)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "codegenstreaming-benchmarks", $"onebrc-{stations}-v{Version}"));
        var path = Path.Combine(folder.FullName, "measurements.txt");
        if (!File.Exists(path))
        {
            var unfinished = Path.Combine(Path.GetTempPath(), $"onebrc-{stations}-{Environment.ProcessId}.tmp");
            Write(unfinished, stations);
            File.Move(unfinished, path, overwrite: true);
        }

        return path;
    }

    private static void Write(string path, int stations)
    {
        var random = new Random(stations);
        var names = CreateNames(random, stations);
        double[] means = [.. names.Select(_ => (random.NextDouble() * 50) - 15)];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        Span<byte> number = stackalloc byte[8];
        for (var row = 0; row < Rows; row++)
        {
            var station = random.Next(names.Length);
            // The sum of three numbers at random is close to a normal distribution.
            var noise = (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 20;
            var value = Math.Clamp(means[station] + noise, -99.9, 99.9);
            file.Write(names[station]);
            file.WriteByte((byte)';');
            value.TryFormat(number, out var length, "0.0", CultureInfo.InvariantCulture);
            file.Write(number[..length] is [(byte)'-', (byte)'0', (byte)'.', (byte)'0'] zero ? zero[1..] : number[..length]);
            file.WriteByte((byte)'\n');
        }
    }

    private static byte[][] CreateNames(Random random, int stations)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (names.Count < stations)
        {
            var length = stations > 1_000 && random.Next(50) == 0 ? random.Next(30, 80) : random.Next(3, 22);
            var name = string.Concat(Enumerable.Range(0, length).Select(_ => stations > 1_000 && random.Next(20) == 0 ? 'ü' : Letters[random.Next(Letters.Length)]));
            names.Add(char.ToUpperInvariant(name[0]) + name[1..]);
        }

        return [.. names.Select(Encoding.UTF8.GetBytes)];
    }
}
