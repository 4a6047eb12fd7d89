using System.Globalization;
using System.Text;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Outputs;

/// <summary>Writes the first records of each batch as text. Thread-safe: batches may be printed at once.</summary>
internal sealed class BatchPrinter<T>(TextWriter output, int limit)
{
    private const string Rule = "-------------------------------------------";

    /// <summary>What the last batch was written with, for the next one; a batch that comes meanwhile makes its own.</summary>
    private (StringBuilder Text, List<T> Records)? _idle;
    private readonly Lock _lock = new();

    public void Print(EvaluationScope scope, StageEnd end, Route<T> route)
    {
        var (text, records) = TakeIdle();
        Actions.Take(scope, end, route, limit + 1, records);
        Format(text, scope.Time!.Value, records);

        // The batch as one text: the writer is synchronized, so outputs that run at once do not mix.
        output.Write(text);
        output.Flush();
        records.Clear();
        text.Clear();
        lock (_lock)
        {
            _idle = (text, records);
        }
    }

    private (StringBuilder Text, List<T> Records) TakeIdle()
    {
        lock (_lock)
        {
            var idle = _idle ?? (new StringBuilder(), []);
            _idle = null;
            return idle;
        }
    }

    private void Format(StringBuilder text, BatchTime time, List<T> records)
    {
        Span<char> milliseconds = stackalloc char[20]; // The digits of any number of 64 bits, and its sign.
        time.Milliseconds.TryFormat(milliseconds, out var length, default, CultureInfo.InvariantCulture);
        text.AppendLine(Rule).Append("Time: ").Append(milliseconds[..length]).AppendLine(" ms").AppendLine(Rule);
        for (var index = 0; index < Math.Min(limit, records.Count); index++)
        {
            text.AppendLine(RecordText.Of(records[index]));
        }

        if (records.Count > limit)
        {
            text.AppendLine("...");
        }

        text.AppendLine();
    }
}
