using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Windows;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>
/// What batches leave behind for later ones: states, and results that windows read. Each batch computes its share as its last job, so that no later batch
/// has to, and what nobody needs any more goes. Thread-safe.
/// </summary>
internal sealed class BatchUpkeep
{
    private readonly Lock _lock = new();
    private readonly BatchGrid _grid;
    private readonly BatchKeeper[] _keepers;
    private readonly ILogger _logger;
    private readonly Termination _termination;
    private readonly List<long> _underWay = [];
    private long _last;

    public BatchUpkeep(StreamGraph graph, bool isRemembering, ILogger logger, Termination termination)
    {
        (_grid, _logger, _termination) = (graph.Grid, logger, termination);
        _keepers = [.. graph.KeepersRead(isRemembering)];
    }

    /// <summary>True where batches leave something behind.</summary>
    public bool IsNeeded => _keepers.Length > 0;

    /// <summary>A batch has its records. Called in the order of the batches, before their jobs.</summary>
    public void Begin(BatchTime time, EvaluationScope scope)
    {
        if (!IsNeeded)
        {
            return;
        }

        var number = _grid.NumberOf(time);
        foreach (var keeper in _keepers)
        {
            if (number % keeper.Node.Slide == 0)
            {
                keeper.Begin(number, scope);
            }
        }

        lock (_lock)
        {
            _underWay.Add(_last = number);
        }
    }

    /// <summary>Computes what a batch leaves behind and nobody has computed yet. On a job thread.</summary>
    /// <returns>False where something could not be computed.</returns>
    public bool Keep(Batch batch)
    {
        var isComplete = true;
        var number = _grid.NumberOf(batch.Time);
        foreach (var keeper in _keepers)
        {
            if (number % keeper.Node.Slide != 0)
            {
                continue;
            }

            try
            {
                batch.Scope.Cancellation.ThrowIfCancellationRequested();
                keeper.Keep(number);
            }
            catch (OperationCanceledException) when (batch.Scope.Cancellation.IsCancellationRequested)
            {
                return false;
            }
#pragma warning disable CA1031 // It belongs to its batch, not to the thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                isComplete = false;
                if (!batch.HasFailed)
                {
                    _logger.UpkeepFailed(exception, keeper.Node.Describe(), batch.Time.Milliseconds);
                    _termination.Fail(exception); // Otherwise an output has said so.
                }
            }
        }

        return isComplete;
    }

    /// <summary>A batch is done.</summary>
    public void Complete(BatchTime time)
    {
        if (!IsNeeded)
        {
            return;
        }

        long next;
        lock (_lock)
        {
            _underWay.Remove(_grid.NumberOf(time));
            next = _underWay.Count > 0 ? _underWay[0] : _last + 1;
        }

        foreach (var keeper in _keepers)
        {
            keeper.Forget(next);
        }
    }

    /// <summary>No further batch will come.</summary>
    public void End() => Array.ForEach(_keepers, static keeper => keeper.End());
}
