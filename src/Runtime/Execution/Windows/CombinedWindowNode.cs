using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// A window whose batches are combined: each batch by itself, once; then runs of 2, 4, 8 … batches, once each. A window is put together of at most two
/// runs of each length, so it costs the logarithm of its length, and what is kept is at most that many times what its batches combine to.
/// </summary>
internal abstract class CombinedWindowNode<T> : DatasetNode<T>, IKeptStream
{
    private readonly Lock _lock = new();
    private readonly BatchHistory<T> _history;
    private readonly WindowRange _range;
    private readonly WindowRuns<T> _runs = new();

    /// <param name="operatorName">The operator's name as the user wrote it.</param>
    /// <param name="history">Each batch's combination.</param>
    /// <param name="range">The window.</param>
    /// <param name="functions">The user's functions.</param>
    protected CombinedWindowNode(string operatorName, BatchHistory<T> history, WindowRange range, params Delegate[] functions)
        : base(operatorName, [history.Node], functions)
    {
        (_history, _range) = (history, range);
        Slide = range.Slide;
        history.AddReader(this, range.Length, range.Slide);
        Keeper = new RunsKeeper(this);
    }

    public BatchKeeper Keeper { get; }

    public sealed override bool HasOwnSlide => true;

    public sealed override bool IsMaterialized => true;

    public sealed override bool CanBeRecomputed => false;

    public sealed override object? PartitionerOf(EvaluationScope scope) => Parents[0].PartitionerOf(scope);

    public sealed override void Plan(Planner planner)
    {
        // Its parent is kept, and planned as such.
    }

    public sealed override IEnumerable<T> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public sealed override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        var number = _range.NumberOf(scope);
        var batches = _history.Read(scope, this, number - _range.Length, number);
        lock (_lock)
        {
            _runs.Forget(batches[0].Number / _range.Step);
            var plan = new WindowPlan<T>(_runs, batches, _range.Step);
            var parts = scope.RunTargets(
                this,
                plan.Partitions,
                null,
                (Node: this, plan),
                static (task, state) => state.plan.Run(task.Partition, blocks => state.Node.Combine(task, blocks)),
                static (task, state) => state.plan.Run(task.Partition, blocks => state.Node.Combine(task, blocks)));
            return new Materialized<T>(plan.Complete(parts, _runs));
        }
    }

    protected sealed override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;

    /// <summary>Combines, in a task, what follows one another in time.</summary>
    protected abstract ArrayBlock<T> Combine(TaskScope task, IReadOnlyList<Block<T>> blocks);

    private void Clear()
    {
        lock (_lock)
        {
            _runs.Clear();
        }
    }

    /// <summary>Each window computes what it needs; only the end has to be known.</summary>
    private sealed class RunsKeeper(CombinedWindowNode<T> node) : BatchKeeper
    {
        public override DatasetNode Node => node;

        public override void End() => node.Clear();
    }
}
