using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// The order of the batches of a stream with state: each of them is computed once, after the one before, whatever the number of readers and of jobs at
/// once. After one that failed none is computed. Thread-safe.
/// </summary>
internal sealed class BatchOrder<T>(StatefulNode<T> node, Action ended) : BatchKeeper
{
    private readonly Lock _lock = new();
    private readonly Lock _advancing = new();

    /// <summary>The batches that nobody has computed yet.</summary>
    private readonly SortedList<BatchTime, (long Number, EvaluationScope Scope)> _pending = [];
    private (BatchTime Time, Exception Failure)? _missing;

    /// <summary>The batch after which a checkpoint is made, until that is captured.</summary>
    private BatchTime? _expected;
    private CapturedStream? _captured;

    public override DatasetNode Node => node;

    public override ISavedStream Saved => node;

    public override void ExpectCapture(BatchTime time)
    {
        lock (_advancing)
        {
            _captured?.Dispose();
            (_expected, _captured) = (time, null);
        }
    }

    public override CapturedStream? Capture(long number)
    {
        lock (_advancing)
        {
            var captured = _captured ?? (_missing is null ? node.Capture() : null);
            (_expected, _captured) = (null, null);
            return captured;
        }
    }

    public override void Begin(long number, EvaluationScope scope)
    {
        scope.Enter();
        lock (_lock)
        {
            _pending.Add(scope.Time!.Value, (number, scope));
        }
    }

    public override void Keep(long number)
    {
        EvaluationScope? scope;
        lock (_lock)
        {
            scope = _pending.Values.FirstOrDefault(pending => pending.Number == number).Scope;
        }

        if (scope is not null)
        {
            try
            {
                scope.Materialize(node);
            }
            finally
            {
                Leave(scope);
            }
        }
    }

    /// <summary>Computes the batches before one that is about to be computed. What fails there fails every later one too.</summary>
    public void CatchUp(EvaluationScope scope)
    {
        while (EarliestBefore(scope.Time!.Value) is { } earlier)
        {
            try
            {
                earlier.Materialize(node);
            }
#pragma warning disable CA1031 // It is known as missing then, which the later batch says.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
            finally
            {
                Leave(earlier);
            }
        }
    }

    /// <summary>Computes the next batch, unless one before it is missing.</summary>
    public Materialized<T> Advance(EvaluationScope scope, Func<EvaluationScope, Materialized<T>> advance)
    {
        lock (_advancing)
        {
            if (_missing is { } missing)
            {
                throw new MissingStateException(node.Describe(), missing.Time, scope.Time!.Value, missing.Failure);
            }

            if (_expected < scope.Time!.Value)
            {
                (_expected, _captured) = (null, node.Capture());
            }

            try
            {
                return advance(scope);
            }
            catch (Exception exception)
            {
                _missing = (scope.Time!.Value, exception);
                throw;
            }
        }
    }

    public override void End()
    {
        lock (_lock)
        {
            foreach (var (_, scope) in _pending.Values)
            {
                scope.Exit();
            }

            _pending.Clear();
        }

        lock (_advancing)
        {
            _captured?.Dispose();
            _captured = null;
        }

        ended();
    }

    private EvaluationScope? EarliestBefore(BatchTime time)
    {
        lock (_lock)
        {
            return _pending.Count > 0 && _pending.GetKeyAtIndex(0) < time ? _pending.GetValueAtIndex(0).Scope : null;
        }
    }

    private void Leave(EvaluationScope scope)
    {
        lock (_lock)
        {
            if (!_pending.Remove(scope.Time!.Value))
            {
                return;
            }
        }

        scope.Exit();
    }
}
