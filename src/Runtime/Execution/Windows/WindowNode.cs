using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// The data sets of a stream's latest batches as one: their blocks, none of them copied. Where all of them are partitioned alike by key so is the
/// window, of which each partition goes over theirs; elsewhere their partitions stand one after another.
/// </summary>
internal sealed class WindowNode<T> : DatasetNode<T>
{
    private readonly BatchHistory<T> _history;
    private readonly WindowRange _range;

    public WindowNode(string operatorName, BatchHistory<T> history, WindowRange range)
        : base(operatorName, [history.Node])
    {
        (_history, _range) = (history, range);
        Slide = range.Slide;
        history.AddReader(this, range.Length, range.Slide);
    }

    public override bool HasOwnSlide => true;

    public override bool IsMaterialized => true;

    public override bool CanBeRecomputed => false;

    public override object? PartitionerOf(EvaluationScope scope) => scope.Find<Shape>(this)?.Partitioner;

    public override void Plan(Planner planner)
    {
        // Its parent is kept, and planned as such.
    }

    public override IEnumerable<T> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        var number = _range.NumberOf(scope);
        var batches = _history.Read(scope, this, number - _range.Length, number);
        var partitioner = CommonPartitioner(batches);
        scope.GetOrAdd(this, () => new Shape(partitioner));
        var blocks = partitioner is null || batches.Length == 1
            ? RetainAll(batches.SelectMany(static batch => batch.Blocks))
            : ByPartition(scope, batches);
        return blocks.Length == 0 ? Materialized<T>.Empty : new Materialized<T>(blocks);
    }

    protected override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;

    private static object? CommonPartitioner(KeptBatch<T>[] batches) =>
        batches is [{ Partitioner: { } first }, ..] && Array.TrueForAll(
            batches, batch => first.Equals(batch.Partitioner) && batch.Blocks.Length == batches[0].Blocks.Length)
            ? first
            : null;

    private static Block<T>[] ByPartition(EvaluationScope scope, KeptBatch<T>[] batches)
    {
        var blocks = new Block<T>[batches[0].Blocks.Length];
        for (var partition = 0; partition < blocks.Length; partition++)
        {
            var all = batches.Select(batch => batch.Blocks[partition]);
            var parts = RetainAll(all.Where(static block => block.Count > 0));
            blocks[partition] = parts switch
            {
                [] => RetainAll(all.Take(1))[0],
                [var only] => only,
                _ => new ConcatenatedBlock<T>(parts, scope.Pool),
            };
        }

        return blocks;
    }

    private static Block<T>[] RetainAll(IEnumerable<Block<T>> blocks)
    {
        Block<T>[] retained = [.. blocks];
        Array.ForEach(retained, static block => block.Retain());
        return retained;
    }

    /// <summary>How the window of a batch is partitioned.</summary>
    private sealed record Shape(object? Partitioner);
}
