using System.Diagnostics;

namespace CodegenStreaming.TestKit;

/// <summary>The batches of a stream, or of what an output reads, as they were processed. Thread-safe.</summary>
/// <typeparam name="T">The record type.</typeparam>
public sealed class CapturedStream<T>
{
    private readonly List<CapturedBatch<T>> _batches = [];
    private readonly BatchProgress _progress;

    internal CapturedStream(string name, BatchProgress progress) => (Name, _progress) = (name, progress);

    /// <summary>How messages name it.</summary>
    public string Name { get; }

    /// <summary>All batches, in the order of their times; one that was run again after a restart once more.</summary>
    public IReadOnlyList<CapturedBatch<T>> Batches
    {
        get
        {
            lock (_batches)
            {
                return [.. _batches];
            }
        }
    }

    /// <summary>The batch that the test advanced to last.</summary>
    /// <exception cref="StreamingTestException">There is none, or it failed before the stream's records were known.</exception>
    public CapturedBatch<T> Latest
    {
        [StackTraceHidden]
        get
        {
            var latest = _progress.Latest ?? throw new StreamingTestException($"There is no batch of {Name} yet: call AdvanceAsync first.");
            return Batches.LastOrDefault(batch => batch.BatchTime == latest) ?? throw _progress.Missing(Name, latest);
        }
    }

    /// <summary>Expects the latest batch to hold these records and no others, in any order; equal ones as often as they are given.</summary>
    /// <param name="records">The records.</param>
    /// <exception cref="StreamingTestException">It holds others; the message shows the difference.</exception>
    [StackTraceHidden]
    public void Expect(params IEnumerable<T> records) => Latest.Expect(records);

    /// <summary>Expects the latest batch to hold these records and no others, in this order.</summary>
    /// <inheritdoc cref="Expect"/>
    [StackTraceHidden]
    public void ExpectInOrder(params IEnumerable<T> records) => Latest.ExpectInOrder(records);

    /// <summary>Expects the latest batch to be empty.</summary>
    /// <exception cref="StreamingTestException">It holds records; the message shows them.</exception>
    [StackTraceHidden]
    public void ExpectNothing() => Latest.ExpectNothing();

    internal void Add(BatchTime time, T[] records)
    {
        var batch = new CapturedBatch<T>(Name, time, _progress.NumberOf(time), records);
        lock (_batches)
        {
            // With several jobs at once batches need not come in the order of their times.
            var position = _batches.FindLastIndex(earlier => earlier.BatchTime <= time) + 1;
            _batches.Insert(position, batch);
        }
    }
}
