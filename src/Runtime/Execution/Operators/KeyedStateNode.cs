using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// An operator with a state for each key. The state is divided once and for all, in the first batch; records come to it by an exchange, or lie in its
/// partitions already. Each task changes its partition in a transaction; all are committed when all tasks have succeeded.
/// </summary>
internal abstract class KeyedStateNode<TKey, TValue, TState, TOut> : StatefulNode<TOut>, IStateKeysUser<TKey, StatePartition<TKey, TValue, TState, TOut>>
{
    private readonly DatasetNode<(TKey, TValue)> _parent;
    private readonly KeyTargets<TKey> _targets;
    private readonly KeyedInput<TKey, TValue> _input;
    private readonly KeyedInput<TKey, TState>? _initial;
    private IPartitioner<TKey>? _settled;
    private StatePartition<TKey, TValue, TState, TOut>[]? _partitions;
    private bool _hasBegun;

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

    protected sealed override int DeclaredPartitionCount(EvaluationScope scope) => Exchange.PartitionCount(TargetsIn(scope));

    protected sealed override Materialized<TOut> Advance(EvaluationScope scope)
    {
        _parent.Prepare(scope);
        var targets = _settled ??= _targets.In(scope, _parent);
        var partitions = _partitions ??= NewPartitions(Exchange.PartitionCount(targets));
        KeepText(scope);
        var results = Run(scope, targets, partitions);
        foreach (var partition in partitions)
        {
            partition.Commit();
        }

        _hasBegun = true;
        return Complete(scope, partitions, results);
    }

    protected abstract StatePartition<TKey, TValue, TState, TOut> NewPartition<TImage, TKeys>(TKeys keys)
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>;

    /// <summary>The batch's result, when all partitions are committed.</summary>
    /// <param name="scope">The batch.</param>
    /// <param name="partitions">The state.</param>
    /// <param name="results">What the functions have given; null for partitions in which none was called.</param>
    protected abstract Materialized<TOut> Complete(EvaluationScope scope, StatePartition<TKey, TValue, TState, TOut>[] partitions, Block<TOut>?[] results);

    /// <summary>What the state holds on to of a batch's text stays. Keys that are texts themselves are copied instead.</summary>
    private static void KeepText(EvaluationScope scope)
    {
        scope.KeepText<TState>();
        if (typeof(TKey) != typeof(Utf8Slice))
        {
            scope.KeepText<TKey>();
        }
    }

    private Block<TOut>?[] Run(EvaluationScope scope, IPartitioner<TKey> targets, StatePartition<TKey, TValue, TState, TOut>[] partitions)
    {
        var initial = BringInitial(scope, targets, partitions.Length);
        try
        {
            var values = _input.Bring(scope, this, targets, partitions.Length);
            try
            {
                var busy = initial is null ? Busy(scope, partitions, values) : [.. Enumerable.Range(0, partitions.Length)];
                return busy.Length == 0
                    ? new Block<TOut>?[partitions.Length]
                    : scope.RunTargets(
                        this,
                        partitions.Length,
                        busy,
                        (Partitions: partitions, Input: new StateInput<TKey, TValue, TState>(values, initial, targets)),
                        static (task, state) => state.Partitions[task.Partition].Advance(task, state.Input),
                        static (task, state) =>
                        {
                            // What throws in none of the chains before the operator is its own function's.
                            state.Input.Initial?.Replay(task);
                            state.Input.Values.Replay(task);
                        },
                        values.Chain(scope.Planner));
            }
            finally
            {
                values.Release();
            }
        }
        catch
        {
            foreach (var partition in partitions)
            {
                partition.Rollback();
            }

            throw;
        }
        finally
        {
            initial?.Release();
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

    private StatePartition<TKey, TValue, TState, TOut>[] NewPartitions(int count)
    {
        var partitions = new StatePartition<TKey, TValue, TState, TOut>[count];
        for (var index = 0; index < count; index++)
        {
            partitions[index] = StateKeys.Choose<TKey, StatePartition<TKey, TValue, TState, TOut>>(this);
        }

        return partitions;
    }
}
