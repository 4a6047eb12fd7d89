using System.Globalization;
using System.Text;

namespace CodegenStreaming;

/// <summary>A function failed inside a task. The inner exception is what the function threw.</summary>
public sealed class StreamingTaskException : StreamingException
{
    internal StreamingTaskException(
        BatchTime? batchTime, int operatorId, string operatorName, string? name, int partition, int attempts, string? file, int? line, Exception cause)
        : base(Compose(batchTime, operatorName, name, partition, attempts, file, line, cause), cause)
    {
        (BatchTime, OperatorId, OperatorName, Partition, SourceFile, SourceLine) = (batchTime, operatorId, operatorName, partition, file, line);
    }

    private StreamingTaskException(StreamingTaskException failure, string advice)
        : base($"{failure.Message} {advice}", failure.InnerException!)
    {
        (BatchTime, OperatorId, OperatorName, Partition) = (failure.BatchTime, failure.OperatorId, failure.OperatorName, failure.Partition);
        (SourceFile, SourceLine, RecordSource, RecordPosition) = (failure.SourceFile, failure.SourceLine, failure.RecordSource, failure.RecordPosition);
    }

    /// <summary>The batch; null for a data set outside batches.</summary>
    public BatchTime? BatchTime { get; }

    /// <summary>The operator's position in the graph; -1 for one made inside a batch.</summary>
    public int OperatorId { get; }

    /// <summary>The operator's method name.</summary>
    public string OperatorName { get; }

    /// <summary>The partition, from zero.</summary>
    public int Partition { get; }

    /// <summary>The user's file with the operator's call; null outside annotated classes.</summary>
    public string? SourceFile { get; }

    /// <summary>The line of the call, from one; null outside annotated classes.</summary>
    public int? SourceLine { get; }

    /// <summary>Where the record came from at which the function threw: the input, or the operator behind the last exchange; null where that is not known.</summary>
    public string? RecordSource { get; internal init; }

    /// <summary>That record's number in the partition of its source, from zero; null where that is not known.</summary>
    public long? RecordPosition { get; internal init; }

    /// <summary>The same failure of a batch that fails again and again, with what gets the program past it.</summary>
    internal StreamingTaskException InRun(int attempt)
    {
        var record = RecordPosition is { } position ? FormattableString.Invariant($"It throws at record {position} of partition {Partition} of {RecordSource}. ") : "";
        return new StreamingTaskException(
            this,
            FormattableString.Invariant($"This is run {attempt} of the program that does not get past this batch. {record}")
            + (RecordPosition is null
                ? "Mend the function: a restart runs the batch again."
                : "Mend the function, or leave such records out: StreamingOptions.PoisonRecords = PoisonPolicy.Skip, or DeadLetter to keep them."));
    }

    private static string Compose(BatchTime? time, string operatorName, string? name, int partition, int attempts, string? file, int? line, Exception cause)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{operatorName}{(name is null ? "" : $" '{name}'")} failed");
        if (file is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" at {file}:line {line}");
        }

        if (time is { } batch)
        {
            text.Append(CultureInfo.InvariantCulture, $", batch {batch}");
        }

        text.Append(CultureInfo.InvariantCulture, $", partition {partition}");
        if (attempts > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $", after {attempts} attempts");
        }

        return text.Append(CultureInfo.InvariantCulture, $": {cause.GetType().Name}: {cause.Message}").ToString();
    }
}
