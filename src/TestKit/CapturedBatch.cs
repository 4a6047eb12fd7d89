using System.Diagnostics;
using CodegenStreaming.TestKit.Comparison;

namespace CodegenStreaming.TestKit;

/// <summary>A stream's records of one batch.</summary>
/// <typeparam name="T">The record type.</typeparam>
public sealed class CapturedBatch<T>
{
    private readonly string _stream;
    private readonly RecordEquality<T> _equality;

    internal CapturedBatch(string stream, BatchTime time, long number, IReadOnlyList<T> records)
        : this(stream, time, number, records, RecordEquality<T>.Exact)
    {
    }

    private CapturedBatch(string stream, BatchTime time, long number, IReadOnlyList<T> records, RecordEquality<T> equality) =>
        (_stream, BatchTime, Number, Records, _equality) = (stream, time, number, records, equality);

    /// <summary>The batch's time.</summary>
    public BatchTime BatchTime { get; }

    /// <summary>The batch's number since the test began, from one.</summary>
    public long Number { get; }

    /// <summary>The records, in the order of the partitions.</summary>
    public IReadOnlyList<T> Records { get; }

    /// <summary>
    /// The same batch, for expectations that allow floating-point numbers a difference: records that are such numbers, or tuples or lists with such
    /// numbers in them.
    /// </summary>
    /// <param name="tolerance">How far two numbers may lie apart and count as equal.</param>
    public CapturedBatch<T> Within(double tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        return new(_stream, BatchTime, Number, Records, RecordEquality<T>.Within(tolerance));
    }

    /// <summary>The same batch, for expectations in which records are equal when a comparer says so.</summary>
    /// <param name="comparer">Asked for equality, not for hash codes.</param>
    public CapturedBatch<T> Using(IEqualityComparer<T> comparer)
    {
        ArgumentNullException.ThrowIfNull(comparer);
        return new(_stream, BatchTime, Number, Records, RecordEquality<T>.By(comparer));
    }

    /// <summary>
    /// Expects the batch to hold these records and no others, in any order; equal ones as often as they are given. Tuples, arrays and lists are equal
    /// when what is in them is; everything else when its <c>Equals</c> says so.
    /// </summary>
    /// <param name="records">The records.</param>
    /// <exception cref="StreamingTestException">It holds others; the message shows the difference.</exception>
    [StackTraceHidden]
    public void Expect(params IEnumerable<T> records)
    {
        T[] expected = [.. records];
        if (RecordDifference.InAnyOrder(expected, Records, _equality) is { } difference)
        {
            throw Differs(difference);
        }
    }

    /// <summary>Expects the batch to hold these records and no others, in this order.</summary>
    /// <inheritdoc cref="Expect"/>
    [StackTraceHidden]
    public void ExpectInOrder(params IEnumerable<T> records)
    {
        T[] expected = [.. records];
        if (RecordDifference.InOrder(expected, Records, _equality) is { } difference)
        {
            throw Differs(difference);
        }
    }

    /// <summary>Expects the batch to be empty.</summary>
    /// <exception cref="StreamingTestException">It holds records; the message shows them.</exception>
    [StackTraceHidden]
    public void ExpectNothing() => Expect();

    private StreamingTestException Differs(string difference) => new($"{_stream} in batch {Number} ({BatchTime}): {difference}");
}
