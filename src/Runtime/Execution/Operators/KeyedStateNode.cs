using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// An operator with a state for each key. The state is divided once and for all, in the first batch; records come to it by an exchange, or lie in its
/// partitions already. Each task changes its partition in a transaction; all are committed when all tasks have succeeded.
/// </summary>
internal abstract partial class KeyedStateNode<TKey, TValue, TState, TOut> : StatefulNode<TOut>, IStateKeysUser<TKey, StatePartition<TKey, TValue, TState, TOut>>, IReadableState<TKey, TState>
{
    private readonly DatasetNode<(TKey, TValue)> _parent;
    private readonly KeyTargets<TKey> _targets;
    private readonly KeyedInput<TKey, TValue> _input;
    private readonly KeyedInput<TKey, TState>? _initial;
    private IPartitioner<TKey>? _settled;
    private StatePartition<TKey, TValue, TState, TOut>[]? _partitions;
    private Route<(TKey, TValue)>? _route;
    private bool _hasBegun;
    private readonly StateDoor _door = new();
    private volatile bool _isShared;

    protected KeyedStateNode(
        string operatorName,
        DatasetNode<(TKey, TValue)> parent,
        IPartitioner<TKey>? partitioner,
        int? partitions,
        DatasetNode<(TKey, TState)>? initial,
        params Delegate[] functions)
        : base(operatorName, [parent], functions)
    {
        _parent = parent;
        _targets = new(partitioner, partitions);
        _input = new(parent, this);
        _initial = initial is null ? null : new(initial);
    }

    public sealed override void Plan(Planner planner) => planner.PlanBefore(_input.MapSide(planner));

    public sealed override bool ExchangesParent(EvaluationScope scope, int index) =>
        !Exchange.IsInPlace(scope, _parent, _parent.PlannedPartitionCount(scope), TargetsIn(scope));

    /// <summary>How the state is divided.</summary>
    public IPartitioner<TKey> TargetsIn(EvaluationScope scope) => _settled ?? _targets.In(scope, _parent);

    StatePartition<TKey, TValue, TState, TOut> IStateKeysUser<TKey, StatePartition<TKey, TValue, TState, TOut>>.Use<TImage, TKeys>(TKeys keys) =>
        NewPartition<TImage, TKeys>(keys);

    BatchTime? IReadableState<TKey, TState>.Find(TKey key, out Option<TState> state)
    {
        Option<TState> found = default;
        var batch = _door.Read(() => TryFind(key, out found));
        state = found;
        return batch;
    }

    async ValueTask<Option<TState>> IReadableState<TKey, TState>.FindAsync(TKey key, CancellationToken cancellation)
    {
        Option<TState> found = default;
        await _door.ReadAsync(() => TryFind(key, out found), cancellation).ConfigureAwait(false);
        return found;
    }

    BatchTime? IReadableState<TKey, TState>.Copy(List<(TKey Key, TState State)> states) => _door.Read(() => TryCopy(states));

    ValueTask<BatchTime?> IReadableState<TKey, TState>.CopyAsync(List<(TKey Key, TState State)> states, CancellationToken cancellation) =>
        _door.ReadAsync(() => TryCopy(states), cancellation);

    BatchTime? IReadableState<TKey, TState>.CountKeys(out long count)
    {
        var sum = 0L;
        var batch = _door.Read(() =>
        {
            sum = (Shared() ?? []).Sum(static partition => (long)partition.Count);
            return true;
        });
        count = sum;
        return batch;
    }

    private bool TryFind(TKey key, out Option<TState> state)
    {
        state = default;
        return Shared() is not { } partitions || partitions[Exchange.PartitionOf(_settled!, partitions.Length, key)].TryFind(key, out state);
    }

    private bool TryCopy(List<(TKey Key, TState State)> states)
    {
        states.Clear();
        var count = _door.Count;
        return Array.TrueForAll(Shared() ?? [], partition => partition.TryCopy(states, () => _door.Count == count));
    }

    /// <summary>The partitions, for another thread; null before the first batch.</summary>
    private StatePartition<TKey, TValue, TState, TOut>[]? Shared()
    {
        var partitions = Volatile.Read(ref _partitions);
        if (partitions is not null && !_isShared)
        {
            Array.ForEach(partitions, static partition => partition.Share());
            _isShared = true;
        }

        return partitions;
    }

    protected sealed override int DeclaredPartitionCount(EvaluationScope scope) => Exchange.PartitionCount(TargetsIn(scope));

    protected sealed override Materialized<TOut> Advance(EvaluationScope scope)
    {
        _parent.Prepare(scope);
        var targets = _settled ??= _targets.In(scope, _parent);
        _route = _input.MapSide(scope.Planner);
        var partitions = _partitions ??= NewPartitions(targets);
        scope.KeepTextOfState<TKey, TState>();
        var results = Run(scope, targets, partitions);
        _hasBegun = true;
        return Complete(scope, partitions, results);
    }

    protected abstract StatePartition<TKey, TValue, TState, TOut> NewPartition<TImage, TKeys>(TKeys keys)
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>;

    /// <summary>Gives the operator's function as the generated loop has it; does nothing where there is none.</summary>
    protected void GiveFunction(FunctionTaker taker) => _route!.GiveFunction(taker);

    /// <summary>The batch's result, when all partitions are committed.</summary>
    /// <param name="scope">The batch.</param>
    /// <param name="partitions">The state.</param>
    /// <param name="results">What the functions have given; null for partitions in which none was called.</param>
    protected abstract Materialized<TOut> Complete(EvaluationScope scope, StatePartition<TKey, TValue, TState, TOut>[] partitions, Block<TOut>?[] results);

    private Block<TOut>?[] Run(EvaluationScope scope, IPartitioner<TKey> targets, StatePartition<TKey, TValue, TState, TOut>[] partitions)
    {
        var initial = BringInitial(scope, targets, partitions.Length);
        try
        {
            var values = _input.Bring(scope, this, targets, partitions.Length);
            try
            {
                var busy = initial is null ? Busy(scope, partitions, values) : [.. Enumerable.Range(0, partitions.Length)];
                return Change(scope, partitions, busy, new StateInput<TKey, TValue, TState>(values, initial, targets));
            }
            finally
            {
                values.Release();
            }
        }
        finally
        {
            initial?.Release();
        }
    }

    /// <summary>Changes all partitions or none, while nobody reads them from outside.</summary>
    private Block<TOut>?[] Change(
        EvaluationScope scope, StatePartition<TKey, TValue, TState, TOut>[] partitions, int[] busy, StateInput<TKey, TValue, TState> input)
    {
        BatchTime? committed = null;
        _door.Close();
        try
        {
            var results = busy.Length == 0
                ? new Block<TOut>?[partitions.Length]
                : scope.RunTargets(
                    this,
                    partitions.Length,
                    busy,
                    (Partitions: partitions, Input: input),
                    static (task, state) => state.Partitions[task.Partition].Advance(task, state.Input),
                    static (task, state) =>
                    {
                        // What throws in none of the chains before the operator is its own function's.
                        state.Input.Initial?.Replay(task);
                        state.Input.Values.Replay(task);
                    },
                    input.Values.Chain(scope.Planner));
            foreach (var partition in partitions)
            {
                partition.Commit();
            }

            committed = scope.Time;
            return results;
        }
        finally
        {
            if (committed is null)
            {
                foreach (var partition in partitions)
                {
                    partition.Rollback();
                }
            }

            _door.Open(committed);
        }
    }

    private KeyedInput<TKey, TState>.Arrived? BringInitial(EvaluationScope scope, IPartitioner<TKey> targets, int count)
    {
        if (_initial is null || _hasBegun)
        {
            return null;
        }

        _initial.Node.Prepare(scope);
        return _initial.Bring(scope, this, targets, count);
    }

    /// <summary>The partitions for which there is something to do.</summary>
    private static int[] Busy(EvaluationScope scope, StatePartition<TKey, TValue, TState, TOut>[] partitions, KeyedInput<TKey, TValue>.Arrived values)
    {
        var busy = new List<int>(partitions.Length);
        for (var index = 0; index < partitions.Length; index++)
        {
            if (!partitions[index].IsIdle(scope.Time!.Value) || !values.HasNoRecords(scope, index))
            {
                busy.Add(index);
            }
        }

        return [.. busy];
    }

    private StatePartition<TKey, TValue, TState, TOut>[] NewPartitions(IPartitioner<TKey> targets)
    {
        var partitions = new StatePartition<TKey, TValue, TState, TOut>[Exchange.PartitionCount(targets)];
        for (var index = 0; index < partitions.Length; index++)
        {
            partitions[index] = StateKeys.Choose<TKey, StatePartition<TKey, TValue, TState, TOut>>(this);
        }

        _saving?.Begin(partitions, targets);
        return partitions;
    }
}
