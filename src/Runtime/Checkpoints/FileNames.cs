using System.Globalization;

namespace CodegenStreaming.Checkpoints;

/// <summary>The names of a checkpoint's files: what they are and their numbers, so that a list says nearly all.</summary>
internal static class FileNames
{
    private const string ManifestPrefix = "manifest-";
    private const string LeasePrefix = "lease-";
    private const string DataPrefix = "data-";

    /// <summary>All digits of a 64-bit number: names sort as their numbers do.</summary>
    private const string Digits = "D19";

    public static string OfManifest(long number) => ManifestPrefix + Text(number);

    /// <param name="fence">The lease's number.</param>
    /// <param name="renewal">How often it has been renewed.</param>
    public static string OfLease(long fence, long renewal) => $"{LeasePrefix}{Text(fence)}-{Text(renewal)}";

    /// <param name="fence">The lease under which the file is written.</param>
    /// <param name="sequence">Counts its files.</param>
    public static string OfData(long fence, long sequence) => $"{DataPrefix}{Text(fence)}-{Text(sequence)}";

    public static bool TryParseManifest(string name, out long number) => TryParse(name, ManifestPrefix, out number);

    public static bool TryParseLease(string name, out long fence, out long renewal) => TryParsePair(name, LeasePrefix, out fence, out renewal);

    public static bool TryParseData(string name, out long fence, out long sequence) => TryParsePair(name, DataPrefix, out fence, out sequence);

    private static string Text(long number) => number.ToString(Digits, CultureInfo.InvariantCulture);

    private static bool TryParse(string name, string prefix, out long number)
    {
        number = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal) && TryParse(name.AsSpan(prefix.Length), out number);
    }

    private static bool TryParsePair(string name, string prefix, out long first, out long second)
    {
        (first, second) = (0, 0);
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var numbers = name.AsSpan(prefix.Length);
        var hyphen = numbers.IndexOf('-');
        return hyphen > 0 && TryParse(numbers[..hyphen], out first) && TryParse(numbers[(hyphen + 1)..], out second);
    }

    private static bool TryParse(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && digits.Length == Text(number).Length;
}
