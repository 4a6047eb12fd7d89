using System.Runtime.ExceptionServices;

namespace CodegenStreaming.Execution.Asynchronous;

/// <summary>
/// What an asynchronous step has done in a task: enough to show, if the task fails for good, which operator threw, without calling the function once more.
/// </summary>
internal abstract class AsyncNotes(DatasetNode node, int partition)
{
    public bool IsOf(DatasetNode other, int otherPartition) => node == other && partition == otherPartition;
}

internal sealed class AsyncNotes<TIn, TResult>(DatasetNode node, int partition) : AsyncNotes(node, partition)
{
    private TIn? _record;
    private TResult? _result;
    private bool _hasLast;

    /// <summary>How often the records before the step were asked for the next one.</summary>
    public long Reads { get; set; }

    /// <summary>What a call has failed with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Notes what is handed on next.</summary>
    public void HandOn(TIn record, TResult result) => (_record, _result, _hasLast) = (record, result, true);

    /// <summary>
    /// The step once more: what it read is read, so that what threw before it throws again; then its own failure is thrown, or what it handed on last is handed
    /// on, so that what threw behind it throws again.
    /// </summary>
    public IEnumerable<(TIn Record, TResult Result)> Replay(IEnumerable<TIn> records)
    {
        using (var source = records.GetEnumerator())
        {
            for (var read = 0L; read < Reads && source.MoveNext(); read++)
            {
            }
        }

        if (Failure is not null)
        {
            ExceptionDispatchInfo.Throw(Failure);
        }

        if (_hasLast)
        {
            yield return (_record!, _result!);
        }
    }
}
