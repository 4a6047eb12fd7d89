using System.Globalization;
using System.Text;

namespace CodegenStreaming.TestKit.Comparison;

/// <summary>What is wrong with the records that were found, as text for people.</summary>
internal static class RecordDifference
{
    private const int MostRecords = 10;
    private const int BeforeDifference = 2;

    /// <summary>The difference, or null where there is none, whatever the order.</summary>
    public static string? InAnyOrder<T>(IReadOnlyList<T> expected, IReadOnlyList<T> found, RecordEquality<T> equality)
    {
        var (missing, unexpected) = Matching.Find(expected, found, equality);
        if (missing.Count == 0 && unexpected.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"expected {Number(expected.Count)}, found {FoundNumber(found.Count)}.\n");
        AppendMissingAndUnexpected(text, missing, unexpected);
        if (unexpected.Count < found.Count)
        {
            AppendAll(text, "all that was found", found, numbered: false, 0);
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The difference, or null where there is none.</summary>
    public static string? InOrder<T>(IReadOnlyList<T> expected, IReadOnlyList<T> found, RecordEquality<T> equality)
    {
        var first = 0;
        while (first < expected.Count && first < found.Count && equality.AreEqual(expected[first], found[first]))
        {
            first++;
        }

        if (first == expected.Count && first == found.Count)
        {
            return null;
        }

        var (missing, unexpected) = Matching.Find(expected, found, equality);
        var text = new StringBuilder();
        if (missing.Count == 0 && unexpected.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"found the right records in another order, from index {first} on.\n");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"expected {Number(expected.Count)} in this order, found {FoundNumber(found.Count)}; they differ from index {first} on.\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  expected [{first}]: {At(expected, first)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  found    [{first}]: {At(found, first)}\n");
        AppendMissingAndUnexpected(text, missing, unexpected);
        if (found.Count > 0)
        {
            AppendAll(text, "all that was found", found, numbered: true, first);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void AppendMissingAndUnexpected<T>(StringBuilder text, List<T> missing, List<T> unexpected)
    {
        if (missing.Count > 0)
        {
            AppendAll(text, "missing", missing, numbered: false, 0);
        }

        if (unexpected.Count > 0)
        {
            AppendAll(text, "unexpected", unexpected, numbered: false, 0);
        }
    }

    /// <summary>Some of the records, from shortly before an index on.</summary>
    private static void AppendAll<T>(StringBuilder text, string heading, IReadOnlyList<T> records, bool numbered, int around)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {heading}:\n");
        var start = Math.Max(0, Math.Min(around - BeforeDifference, records.Count - MostRecords));
        var end = Math.Min(records.Count, start + MostRecords);
        if (start > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    … {start} before\n");
        }

        for (var index = start; index < end; index++)
        {
            text.Append("    ");
            if (numbered)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}] ");
            }

            text.Append(RecordFormat.Format(records[index])).Append('\n');
        }

        if (end < records.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"    … {records.Count - end} more\n");
        }
    }

    private static string At<T>(IReadOnlyList<T> records, int index) => index < records.Count ? RecordFormat.Format(records[index]) : "nothing";

    private static string Number(int count) => count switch
    {
        0 => "no records",
        1 => "1 record",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} records"),
    };

    private static string FoundNumber(int count) => count == 0 ? "none" : count.ToString(CultureInfo.InvariantCulture);
}
