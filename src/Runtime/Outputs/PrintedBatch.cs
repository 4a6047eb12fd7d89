using System.Globalization;
using System.Text;

namespace CodegenStreaming.Outputs;

/// <summary>The text that <c>Print</c> writes for a batch.</summary>
internal static class PrintedBatch
{
    private const string Rule = "-------------------------------------------";

    public static string Format<T>(BatchTime time, List<T> records, int limit)
    {
        var text = new StringBuilder();
        text.AppendLine(Rule).AppendLine(CultureInfo.InvariantCulture, $"Time: {time}").AppendLine(Rule);
        foreach (var record in records.Take(limit))
        {
            text.AppendLine(RecordText.Of(record));
        }

        if (records.Count > limit)
        {
            text.AppendLine("...");
        }

        return text.AppendLine().ToString();
    }
}
