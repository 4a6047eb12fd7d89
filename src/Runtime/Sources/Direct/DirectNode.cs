using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>
/// A leaf whose partitions are ranges of a source, read by tasks when a job needs them. A single reader gets a range block by block while it is read; for several readers it is
/// read into memory. Either can be done again at any time.
/// </summary>
internal sealed class DirectNode<T, TPosition>(string operatorName, DirectSource<T, TPosition> source) : DatasetNode<T>(operatorName, []), IRangesNode<TPosition>
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Type PositionType => typeof(TPosition);

    /// <summary>The source can be read from now on.</summary>
    public void MarkStarted() => _started.TrySetResult();

    /// <summary>Gives a batch its ranges.</summary>
    public void SetRanges(EvaluationScope scope, DirectRange<TPosition>[] ranges)
    {
        if (ranges.Length > 0) // A batch without any is empty, and like every other one without.
        {
            scope.GetOrAdd(this, () => ranges);
        }
    }

    public IReadOnlyList<DirectRange<TPosition>> RangesOf(EvaluationScope scope) => Find(scope);

    public override IEnumerable<T> Compute(TaskScope task, int partition) => IsMaterialized
        ? ReadMaterialized(task, partition).Read()
        : Blocks(task, partition).SelectMany(static block => block.Read());

    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        if (!IsMaterialized)
        {
            return base.Evaluate(scope, wanted); // Persisted: its partitions are those that tasks read.
        }

        var count = Find(scope).Length;
        return count == 0
            ? Materialized<T>.Empty
            : new Materialized<T>(scope.RunTargets(this, count, wanted, this, static (task, node) => node.ReadWhole(task), static (_, _) => { }));
    }

    public override bool HasNoRecords(EvaluationScope scope, int partition) =>
        IsKeptIn(scope) ? base.HasNoRecords(scope, partition) : Find(scope)[partition].Count == 0;

    public override bool TryOpenBlocks(TaskScope task, int partition, bool keepsText, [NotNullWhen(true)] out IEnumerable<Block<T>>? blocks)
    {
        if (IsKeptIn(task.Scope))
        {
            return base.TryOpenBlocks(task, partition, keepsText, out blocks);
        }

        blocks = Blocks(task, partition);
        return true;
    }

    public override void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (IsKeptIn(task.Scope))
        {
            base.Push(task, partition, output);
            return;
        }

        foreach (var block in Blocks(task, partition))
        {
            WriteBlock(block, output, task.Cancellation);
            if (output.IsFull)
            {
                return;
            }
        }
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => Find(scope).Length;

    protected override int ComputedPartitionCount(EvaluationScope scope) => Find(scope).Length;

    /// <summary>A range's blocks, each given up when the next one is asked for: no record refers to a block's memory.</summary>
    private IEnumerable<Block<T>> Blocks(TaskScope task, int partition)
    {
        if (!_started.Task.IsCompleted)
        {
            _started.Task.Wait(task.Cancellation); // After a restart the first batches are planned already.
        }

        var range = Find(task.Scope)[partition];
        var read = 0L;
        foreach (var block in source.ReadBlocks(range, task, this))
        {
            try
            {
                read += block.Count;
                if (read > range.Count)
                {
                    throw OtherCount(range, $"more than {range.Count}");
                }

                yield return block;
            }
            finally
            {
                block.Release();
            }
        }

        if (read != (range.Count ?? read))
        {
            throw OtherCount(range, $"{read}");
        }
    }

    private Block<T> ReadWhole(TaskScope task)
    {
        var output = task.NewBlock<T>();
        foreach (var block in Blocks(task, task.Partition))
        {
            block.Records.CopyTo(output.Reserve(block.Count));
            output.Count += block.Count;
        }

        return output.ToBlock();
    }

    private DirectRange<TPosition>[] Find(EvaluationScope scope) => scope.Find<DirectRange<TPosition>[]>(this) ?? [];

    private static StreamingException OtherCount(DirectRange<TPosition> range, string found) => new(
        $"The range of {range.Partition} from {range.From} until {range.Until} was planned with {range.Count} records, and {found} were read. "
        + "A source has to give the same records of a range whenever it is read; where it cannot know their number, it plans none.");
}
