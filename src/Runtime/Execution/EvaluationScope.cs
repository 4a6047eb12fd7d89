using System.Runtime.ExceptionServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>
/// What one batch has computed so far: blocks of inputs, exchanges and shared streams, kept until the batch is done. Thread-safe, so that
/// concurrent jobs of a batch share results; each result is computed once.
/// </summary>
internal sealed class EvaluationScope(EngineServices engine, BatchTime? time, CancellationToken cancellation) : IDisposable
{
    private readonly Dictionary<DatasetNode, Slot> _slots = [];
    private readonly List<Action> _onDispose = [];
    private readonly List<Materialized> _kept = [];
    private bool _disposed;
    private bool _keepsText;

    public EngineServices Engine => engine;

    public BlockPool Pool => engine.Pool;

    public Planner Planner => engine.Planner;

    /// <summary>The batch's time; null for a data set outside batches.</summary>
    public BatchTime? Time => time;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Gives an input its blocks for this batch; the scope takes them over.</summary>
    public void SetInput<T>(DatasetNode<T> input, Block<T>[] blocks) => SlotOf(input).Result = new Materialized<T>(blocks);

    /// <summary>A node's blocks, computed at the first call. On a job thread; inside a task only for what was prepared.</summary>
    public Materialized<T> Materialize<T>(DatasetNode<T> node)
    {
        var slot = SlotOf(node);
        if (slot.Result is { } ready)
        {
            return (Materialized<T>)ready;
        }

        lock (slot)
        {
            return (Materialized<T>)(slot.Result ?? Keep(slot, node.Evaluate(this)));
        }
    }

    /// <summary>Computes once per batch what is no data: the graph that a Transform function returned.</summary>
    public TResult GetOrAdd<TResult>(DatasetNode node, Func<TResult> create)
        where TResult : class
    {
        var slot = SlotOf(node);
        if (slot.Value is { } ready)
        {
            return (TResult)ready; // Tasks come here while the job thread holds the slot's lock.
        }

        lock (slot)
        {
            return (TResult)(slot.Value ??= create());
        }
    }

    /// <summary>
    /// Records of this type leave the batch: where they hold slices of text, the batch's text goes to the collector and not back to the pool.
    /// </summary>
    public void KeepText<T>()
    {
        if (TextContent.IsIn(typeof(T)))
        {
            _keepsText = true;
        }
    }

    /// <summary>Takes over a block that belongs to no node: records of the batch refer to its text.</summary>
    public void Keep<T>(Block<T> block)
    {
        var kept = new Materialized<T>([block]);
        lock (_slots)
        {
            if (!_disposed)
            {
                _kept.Add(kept);
                return;
            }
        }

        kept.Release(_keepsText);
        throw BatchIsOver();
    }

    /// <summary>Registers what is to be released with the batch.</summary>
    public void OnDispose(Action action)
    {
        lock (_slots)
        {
            _onDispose.Add(action);
        }
    }

    /// <summary>Runs a chain's tasks, one for each partition, and returns what each made of its output.</summary>
    /// <param name="end">The operator that ends the chain: an exchange, an action, the node to be kept.</param>
    /// <param name="partitions">How many partitions the chain has.</param>
    /// <param name="route">The chain.</param>
    /// <param name="createOutput">Makes a task's output where the loop has none of its own.</param>
    /// <param name="complete">Takes the result from a finished output.</param>
    /// <param name="first">The partition of the first task.</param>
    public TResult[] RunStage<T, TResult>(
        StageEnd? end,
        int partitions,
        Route<T> route,
        Func<TaskScope, RecordOutput<T>> createOutput,
        Func<TaskScope, RecordOutput<T>, TResult> complete,
        int first = 0) =>
        engine.Tasks.Run(
            this,
            end ?? route.Node,
            partitions,
            task =>
            {
                var output = route.CreateOutput(task) ?? createOutput(task);
                route.Push(task, task.Partition, output);
                output.Complete();
                return complete(task, output);
            },
            route.ReadThrough,
            first);

    public void Dispose()
    {
        lock (_slots)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (var slot in _slots.Values)
            {
                slot.Result?.Release(_keepsText);
            }

            _kept.ForEach(kept => kept.Release(_keepsText));
            ReleaseAll();
        }
    }

    /// <summary>Each action has its turn, whatever one before it throws: room that is not given back is lost for good.</summary>
    private void ReleaseAll()
    {
        ExceptionDispatchInfo? failure = null;
        foreach (var action in _onDispose)
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // Thrown again after the others have had their turn.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    private Materialized Keep(Slot slot, Materialized result)
    {
        lock (_slots)
        {
            if (!_disposed)
            {
                return slot.Result = result;
            }
        }

        result.Release(_keepsText); // The batch ended while this was computed.
        throw BatchIsOver();
    }

    private Slot SlotOf(DatasetNode node)
    {
        lock (_slots)
        {
            if (_disposed)
            {
                throw BatchIsOver();
            }

            if (!_slots.TryGetValue(node, out var slot))
            {
                _slots.Add(node, slot = new Slot());
            }

            return slot;
        }
    }

    private static ObjectDisposedException BatchIsOver() => new("Rdd", "The data set belongs to a batch that is over.");

    private sealed class Slot
    {
        public Materialized? Result { get; set; }

        public object? Value { get; set; }
    }
}
