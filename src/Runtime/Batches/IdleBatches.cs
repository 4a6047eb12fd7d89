using CodegenStreaming.Execution;

namespace CodegenStreaming.Batches;

/// <summary>Objects of batches that are over, for those to come: as many as were ever under way at once. Thread-safe.</summary>
internal sealed class IdleBatches(StreamGraph graph, EngineServices engine, CancellationToken cancellation)
{
    private readonly Lock _lock = new();
    private readonly Stack<Batch> _batches = new();
    private readonly Stack<EvaluationScope> _emptyScopes = new();

    public Batch Take(BatchTime time)
    {
        Batch? batch;
        lock (_lock)
        {
            _batches.TryPop(out batch);
        }

        batch ??= new Batch(graph.Inputs, graph.Outputs);
        batch.Begin(time);
        return batch;
    }

    /// <summary>A scope that was never used, or for an empty batch one that empty batches have used.</summary>
    public EvaluationScope TakeScope(bool isEmpty)
    {
        if (isEmpty)
        {
            lock (_lock)
            {
                if (_emptyScopes.TryPop(out var scope))
                {
                    return scope;
                }
            }
        }

        return new EvaluationScope(engine, null, cancellation);
    }

    /// <summary>The batch is over and its scope disposed of.</summary>
    public void LayBy(Batch batch)
    {
        var scope = batch.Scope;
        var isUsable = scope.IsEmpty && scope.TryClear();
        lock (_lock)
        {
            _batches.Push(batch);
            if (isUsable)
            {
                _emptyScopes.Push(scope);
            }
        }
    }
}
