using CodegenStreaming.Execution;

namespace CodegenStreaming.Batches;

/// <summary>
/// The data sets of batches under way and of those done that are remembered. Where nothing is remembered it keeps nothing and costs nothing. Thread-safe.
/// </summary>
internal sealed class RememberedBatches(TimeSpan duration)
{
    private readonly Lock _lock = new();
    private readonly SortedList<BatchTime, Remembered> _batches = [];
    private BatchTime _latest = new(long.MinValue);
    private bool _isOver;

    public bool IsOn => duration > TimeSpan.Zero;

    /// <summary>How many batches are there, done or not.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _batches.Count;
            }
        }
    }

    /// <summary>A batch has its records.</summary>
    public void Begin(BatchTime time, EvaluationScope scope)
    {
        if (IsOn)
        {
            lock (_lock)
            {
                _batches[time] = new Remembered(scope);
            }
        }
    }

    /// <summary>
    /// A batch is done and stays; those go that are not later than the latest one less the duration, of those that are done.
    /// </summary>
    /// <returns>The scopes of those that go, for the caller to release.</returns>
    public IReadOnlyList<EvaluationScope> Complete(BatchTime time)
    {
        var forgotten = new List<EvaluationScope>();
        lock (_lock)
        {
            _batches[time].IsDone = true;
            _latest = _latest > time ? _latest : time;
            for (var index = 0; index < _batches.Count && (_isOver || _batches.GetKeyAtIndex(index) <= _latest - duration);)
            {
                if (_batches.GetValueAtIndex(index).IsDone)
                {
                    forgotten.Add(_batches.GetValueAtIndex(index).Scope);
                    _batches.RemoveAt(index);
                }
                else
                {
                    index++;
                }
            }
        }

        return forgotten;
    }

    /// <summary>The context has stopped: nothing is remembered from now on.</summary>
    /// <returns>The scopes of the batches that are done, for the caller to release.</returns>
    public IReadOnlyList<EvaluationScope> End()
    {
        lock (_lock)
        {
            _isOver = true;
            EvaluationScope[] forgotten = [.. _batches.Values.Where(batch => batch.IsDone).Select(batch => batch.Scope)];
            foreach (var time in _batches.Where(batch => batch.Value.IsDone).Select(batch => batch.Key).ToArray())
            {
                _batches.Remove(time);
            }

            return forgotten;
        }
    }

    /// <summary>The batches between two times, both included, in their order.</summary>
    public EvaluationScope[] Between(BatchTime from, BatchTime to)
    {
        lock (_lock)
        {
            return [.. _batches.Where(batch => batch.Key >= from && batch.Key <= to).Select(batch => batch.Value.Scope)];
        }
    }

    private sealed class Remembered(EvaluationScope scope)
    {
        public EvaluationScope Scope => scope;

        public bool IsDone { get; set; }
    }
}
