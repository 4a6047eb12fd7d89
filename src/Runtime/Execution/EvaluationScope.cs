using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>
/// What one batch has computed so far: blocks of inputs, exchanges and shared streams, kept until the batch is done. Thread-safe, so that
/// concurrent jobs of a batch share results; each result is computed once.
/// </summary>
internal sealed partial class EvaluationScope(EngineServices engine, BatchTime? time, CancellationToken cancellation) : IDisposable
{
    private readonly Lock _lock = new();
    private ScopeSlots _slots = new();
    private ReleaseList _releases = new();
    private BatchTime? _time = time;
    private object?[] _handedOver = [];
    private List<Materialized>? _kept;
    private bool _disposed;
    private bool _isEnding;
    private int _users;
    private bool _keepsText;
    private int _actions;

    public EngineServices Engine => engine;

    public BlockPool Pool => engine.Pool;

    public Planner Planner => engine.Planner;

    /// <summary>The batch's time; null for a data set outside batches.</summary>
    public BatchTime? Time => _time;

    public CancellationToken Cancellation => cancellation;

    /// <summary>
    /// True for a batch that got no block. Whatever is computed of it is the same in every such batch, functions of <c>Transform</c> apart, so the
    /// scopes of empty batches are used again for empty batches, and with them the data sets that they handed to the user. All others are used once:
    /// whoever keeps a data set of an earlier batch must find it ended and never see another batch's records.
    /// </summary>
    public bool IsEmpty { get; private set; }

    /// <summary>How many actions of the batch's data sets were called.</summary>
    public int Actions => Volatile.Read(ref _actions);

    /// <summary>An action of one of the batch's data sets is called.</summary>
    public void CountAction() => Interlocked.Increment(ref _actions);

    /// <summary>Gives an input its blocks for this batch; the scope takes them over.</summary>
    public void SetInput<T>(DatasetNode<T> input, Block<T>[] blocks) =>
        SlotOf(input).Result = blocks.Length == 0 ? Materialized<T>.Empty : new Materialized<T>(blocks);

    /// <summary>What another node has given to one, as <see cref="SetInput"/> gives an input its blocks.</summary>
    public Materialized<T> GivenTo<T>(DatasetNode<T> node) =>
        (Materialized<T>)(FindResult(node) ?? throw new InvalidOperationException($"{node.Describe()} was given nothing in this batch."));

    /// <summary>A node's blocks, computed at the first call. On a job thread; inside a task only for what was prepared.</summary>
    public Materialized<T> Materialize<T>(DatasetNode<T> node)
    {
        if (_outer?.FindResult(node) is { } known)
        {
            return (Materialized<T>)known;
        }

        var slot = SlotOf(node);
        if (slot.Result is { } ready)
        {
            return (Materialized<T>)ready;
        }

        node.CatchUp(this);
        lock (slot)
        {
            return (Materialized<T>)(slot.Result ?? Keep(slot, node.Stored is { IsOver: false } stored ? Load(slot, node, stored) : node.Evaluate(this, null)));
        }
    }

    /// <summary>What <see cref="GetOrAdd"/> has made for a node; null where it was not called.</summary>
    public TResult? Find<TResult>(DatasetNode node)
        where TResult : class => (TResult?)(_outer?.Find<TResult>(node) ?? SlotOf(node).Value);

    /// <summary>Computes once per batch what is no data: the graph that a Transform function returned.</summary>
    public TResult GetOrAdd<TResult>(DatasetNode node, Func<TResult> create)
        where TResult : class
    {
        if (_outer?.Find<TResult>(node) is { } known)
        {
            return known;
        }

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
    /// What an output hands to the user's function: made once where <see cref="IsEmpty"/>, otherwise for each batch. Outputs are numbered from zero.
    /// </summary>
    public T HandOver<T, TState>(int output, TState state, Func<EvaluationScope, TState, T> create)
        where T : class
    {
        if (!IsEmpty)
        {
            return create(this, state);
        }

        lock (_lock)
        {
            if (output >= _handedOver.Length)
            {
                Array.Resize(ref _handedOver, output + 1);
            }

            return (T)(_handedOver[output] ??= create(this, state));
        }
    }

    /// <summary>
    /// Records of this type leave the batch: where they hold slices of text, the batch's text goes to the collector and not back to the pool.
    /// </summary>
    public void KeepText<T>()
    {
        if (!_keepsText && TextContent.IsIn(typeof(T)))
        {
            _keepsText = true;
        }
    }

    /// <summary>Takes over a block that belongs to no node: records of the batch refer to its text.</summary>
    public void Keep<T>(Block<T> block)
    {
        var kept = new Materialized<T>([block]);
        lock (_lock)
        {
            if (!_disposed)
            {
                (_kept ??= []).Add(kept);
                return;
            }
        }

        kept.Release(_keepsText);
        throw BatchIsOver();
    }

    /// <summary>Registers what is to be released with the batch.</summary>
    public void OnDispose(Action action)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw BatchIsOver();
            }

            _releases.Add(action);
        }
    }

    /// <summary>Registers an amount to be given back with the batch.</summary>
    public void OnDispose(Action<long> giveBack, long amount)
    {
        lock (_lock)
        {
            _releases.Add(giveBack, amount);
        }
    }

    /// <summary>Runs a chain's tasks, one for each partition, and returns what each made of its output.</summary>
    /// <param name="end">The operator that ends the chain: an exchange, an action, the node to be kept.</param>
    /// <param name="partitions">How many partitions the chain has.</param>
    /// <param name="route">The chain.</param>
    /// <param name="createOutput">Makes a task's output where the loop has none of its own.</param>
    /// <param name="complete">Takes the result from a finished output.</param>
    /// <param name="first">The partition of the first task.</param>
    /// <param name="endActs">True where the chain's end acts on the world and must not be called once more to find a failure.</param>
    /// <param name="wanted">The only partitions to run; null for all.</param>
    public TResult[] RunStage<T, TResult>(
        StageEnd? end,
        int partitions,
        Route<T> route,
        Func<TaskScope, RecordOutput<T>> createOutput,
        Func<TaskScope, RecordOutput<T>, TResult> complete,
        int first = 0,
        bool endActs = false,
        int[]? wanted = null)
    {
        if (partitions == 0)
        {
            return [];
        }

        var tasks = wanted?.Length ?? partitions;
        var work = new ChainWork<T, TResult>(tasks, route, createOutput, complete, endActs) { Chain = route };
        engine.Tasks.Run(this, end ?? route.Node, tasks, work, first, wanted);
        return Place(work.Results, partitions, wanted);
    }

    /// <summary>Runs the tasks that make the partitions of an exchange's result out of what its map tasks have made.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="partitions">How many partitions its result has.</param>
    /// <param name="wanted">The only partitions to make; null for all.</param>
    /// <param name="state">What the functions need beside the task.</param>
    /// <param name="body">The task.</param>
    /// <param name="replay">Runs the task's functions unfused.</param>
    /// <param name="chain">The chain whose records the tasks compute, if they do.</param>
    public TResult[] RunTargets<TState, TResult>(
        DatasetNode node, int partitions, int[]? wanted, TState state, Func<TaskScope, TState, TResult> body, Action<TaskScope, TState> replay, Route? chain = null)
    {
        var tasks = wanted?.Length ?? partitions;
        var work = new FunctionWork<TState, TResult>(tasks, state, body, replay) { Chain = chain };
        engine.Tasks.Run(this, node, tasks, work, partitions: wanted);
        return Place(work.Results, partitions, wanted);
    }

    /// <summary>Begins with what inputs have given to another scope, which nobody else has seen; that one gets this one's empty slots in return.</summary>
    /// <param name="prepared">Where the inputs have given.</param>
    /// <param name="isEmpty">True when they have given no block.</param>
    public void Begin(EvaluationScope prepared, bool isEmpty)
    {
        lock (_lock)
        {
            (_slots, prepared._slots) = (prepared._slots, _slots);
            (_releases, prepared._releases) = (prepared._releases, _releases);
            (_time, IsEmpty, _disposed, _isEnding) = (prepared._time, isEmpty, false, false);
        }
    }

    /// <summary>
    /// Forgets what an empty batch that is over has computed, so that another one can begin; false where that may differ between them, or somebody still
    /// uses it.
    /// </summary>
    public bool TryClear()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                return false;
            }

            _keepsText = false;
            (_kept, _borrowed, _poison) = (null, null, null); // Released when the batch ended; an empty batch may have read files of an engine context's data set.
            return _slots.TryClear();
        }
    }

    /// <summary>Takes what inputs give at a time.</summary>
    public void Prepare(BatchTime time) => _time = time;

    /// <summary>Somebody begins to read, on whatever thread: what the scope has stays until <see cref="Exit"/>.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            if (_disposed || _isEnding)
            {
                throw BatchIsOver();
            }

            _users++;
        }
    }

    public void Exit()
    {
        lock (_lock)
        {
            if (--_users == 0 && _isEnding)
            {
                Free();
            }
        }
    }

    /// <summary>The batch has been processed and is remembered: what was reserved for it as received and not yet processed goes back.</summary>
    public void GiveBack()
    {
        lock (_lock)
        {
            _releases.GiveBack();
        }
    }

    /// <summary>Gives everything up: now, or when the last reader has left.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_users > 0)
            {
                _isEnding = true;
            }
            else if (!_disposed)
            {
                Free();
            }
        }
    }

    private void Free()
    {
        _disposed = true;
        _slots.Release(_keepsText);
        _kept?.ForEach(kept => kept.Release(_keepsText));
        _borrowed?.Release(_keepsText);
        _releases.RunAll();
    }

    private Materialized Keep(ScopeSlot slot, Materialized result)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                return slot.Result = result;
            }
        }

        result.Release(_keepsText); // The batch ended while this was computed.
        throw BatchIsOver();
    }

    /// <summary>Brings results to their partitions' places; where only some were wanted, the others are empty.</summary>
    private static TResult[] Place<TResult>(TResult[] results, int partitions, int[]? wanted)
    {
        if (wanted is null)
        {
            return results;
        }

        var all = new TResult[partitions];
        for (var index = 0; index < wanted.Length; index++)
        {
            all[wanted[index]] = results[index];
        }

        return all;
    }

    private ScopeSlot SlotOf(DatasetNode node)
    {
        lock (_lock)
        {
            return _disposed ? throw BatchIsOver() : _slots.Of(node);
        }
    }

    private static ObjectDisposedException BatchIsOver() => new("Rdd", "The data set belongs to a batch that is over.");
}
