namespace CodegenStreaming;

/// <summary>A record that was left out of its batch because a function threw when it was given it.</summary>
/// <param name="BatchTime">The batch.</param>
/// <param name="OperatorName">The operator whose function threw, by its method.</param>
/// <param name="Name">What the user named that operator; null where unnamed.</param>
/// <param name="SourceFile">The user's file with the operator's call; null outside annotated classes.</param>
/// <param name="SourceLine">The line of the call, from one; null outside annotated classes.</param>
/// <param name="Source">Where the record came from: the input, or the operator behind the last exchange.</param>
/// <param name="Partition">The partition of that.</param>
/// <param name="Position">The record's number in the partition, from zero.</param>
/// <param name="Record">The record as text.</param>
/// <param name="Exception">What the function threw.</param>
public sealed record PoisonRecord(
    BatchTime BatchTime,
    string OperatorName,
    string? Name,
    string? SourceFile,
    int? SourceLine,
    string Source,
    int Partition,
    long Position,
    string Record,
    Exception Exception)
{
    /// <summary>One line: the batch, the operator and its place, the record's place and the record, what was thrown.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"batch {BatchTime.Milliseconds} ms, {OperatorName}{(Name is null ? "" : $" '{Name}'")}{(SourceFile is null ? "" : $" at {SourceFile}:line {SourceLine}")}, record {Position} of partition {Partition} of {Source}: {Exception.GetType().Name}: {Exception.Message}: {Record}");
}
