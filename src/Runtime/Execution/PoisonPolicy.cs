namespace CodegenStreaming;

/// <summary>
/// What becomes of a batch when a function throws for a record, after <see cref="StreamingOptions.MaxTaskFailures"/> attempts. It is about functions that are given one
/// record: those of <c>Map</c>, <c>Filter</c>, <c>FlatMap</c> and so on, up to the next exchange. Functions of many records or of a state, and those that run on the
/// driver, fail their batch in any case.
/// </summary>
public enum PoisonPolicy
{
    /// <summary>The batch fails: nothing is left out without somebody's decision.</summary>
    Fail,

    /// <summary>The record is left out and logged.</summary>
    Skip,

    /// <summary>The record is left out and comes with the batch's <see cref="StreamingContext.DeadLetters"/>.</summary>
    DeadLetter,
}
