using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>An operator that brings the equal keys of two inputs together in one partition. Its result is computed once per scope and kept in blocks.</summary>
internal abstract class PairedNode<TKey, TLeft, TRight, TOut>(
    string operatorName,
    DatasetNode<(TKey, TLeft)> left,
    DatasetNode<(TKey, TRight)> right,
    IPartitioner<TKey>? partitioner,
    int? partitions)
    : DatasetNode<TOut>(operatorName, [left, right])
{
    private readonly KeyedInput<TKey, TLeft> _left = new(left);
    private readonly KeyedInput<TKey, TRight> _right = new(right);
    private Materialized<TOut>? _ofNothing;

    public sealed override bool IsMaterialized => true;

    public sealed override void Plan(Planner planner)
    {
        planner.PlanBefore(_left.MapSide(planner));
        planner.PlanBefore(_right.MapSide(planner));
    }

    public sealed override IEnumerable<TOut> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public sealed override Materialized<TOut> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        left.Prepare(scope);
        right.Prepare(scope);
        var targets = PartitionerFor(scope);
        var count = Exchange.PartitionCount(targets);
        if (left.PartitionCount(scope) == 0 && right.PartitionCount(scope) == 0)
        {
            // The same for every such batch, so no task runs for it.
            return _ofNothing is { } known && known.Count == count ? known : _ofNothing = Materialized<TOut>.Permanent(count);
        }

        var arrivedLeft = _left.Bring(scope, this, targets, count);
        try
        {
            var arrivedRight = _right.Bring(scope, this, targets, count);
            try
            {
                return new(scope.RunTargets(
                    this,
                    count,
                    wanted,
                    (Node: this, arrivedLeft, arrivedRight),
                    static (task, pair) => pair.Node.Pair(task, pair.arrivedLeft, pair.arrivedRight),
                    static (task, pair) =>
                    {
                        pair.arrivedRight.Replay(task);
                        pair.arrivedLeft.Replay(task);
                    }));
            }
            finally
            {
                arrivedRight.Release();
            }
        }
        finally
        {
            arrivedLeft.Release();
        }
    }

    public sealed override bool ExchangesParent(EvaluationScope scope, int index) =>
        !Exchange.IsInPlace(scope, Parents[index], Parents[index].PlannedPartitionCount(scope), PartitionerFor(scope));

    protected sealed override int DeclaredPartitionCount(EvaluationScope scope) => Exchange.PartitionCount(PartitionerFor(scope));

    protected sealed override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;

    /// <summary>Puts together what has arrived in a partition.</summary>
    protected abstract Block<TOut> Pair(TaskScope task, KeyedInput<TKey, TLeft>.Arrived left, KeyedInput<TKey, TRight>.Arrived right);

    /// <summary>The given one; or that of the input that has more partitions by one, so that this input stays where it is; or by hash, as everywhere.</summary>
    protected IPartitioner<TKey> PartitionerFor(EvaluationScope scope)
    {
        if (partitioner is not null || partitions is not null)
        {
            return partitioner ?? new HashPartitioner<TKey>(partitions!.Value);
        }

        var (ofLeft, ofRight) = (left.PartitionerOf(scope) as IPartitioner<TKey>, right.PartitionerOf(scope) as IPartitioner<TKey>);
        return (ofLeft?.PartitionCount ?? 0) >= (ofRight?.PartitionCount ?? 0)
            ? ofLeft ?? new HashPartitioner<TKey>(scope.Engine.DefaultParallelism)
            : ofRight!;
    }
}
