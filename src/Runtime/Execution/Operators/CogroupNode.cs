using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>The values of each key of both sides: keys in the order of their first appearance, those of the left side first.</summary>
internal sealed class CogroupNode<TKey, TLeft, TRight>(
    DatasetNode<(TKey, TLeft)> left, DatasetNode<(TKey, TRight)> right, IPartitioner<TKey>? partitioner, int? partitions)
    : PairedNode<TKey, TLeft, TRight, (TKey, (IReadOnlyList<TLeft>, IReadOnlyList<TRight>))>("Cogroup", left, right, partitioner, partitions)
{
    public override object? PartitionerOf(EvaluationScope scope) => PartitionerFor(scope);

    protected override Block<(TKey, (IReadOnlyList<TLeft>, IReadOnlyList<TRight>))> Pair(
        TaskScope task, KeyedInput<TKey, TLeft>.Arrived left, KeyedInput<TKey, TRight>.Arrived right)
    {
        var (leftRows, rightRows) = (new KeyedRows<TKey, TLeft>(task, left.CountOf(task)), new KeyedRows<TKey, TRight>(task, right.CountOf(task)));
        left.Push(task, leftRows);
        leftRows.Complete();
        right.Push(task, rightRows);
        rightRows.Complete();
        var groups = new List<(TKey, (IReadOnlyList<TLeft>, IReadOnlyList<TRight>))>(leftRows.KeyCount);
        for (var key = 0; key < leftRows.KeyCount; key++)
        {
            groups.Add((leftRows.Keys[key], (leftRows.ValuesOf(key), rightRows.ValuesOf(rightRows.Find(leftRows.Keys[key])))));
        }

        for (var key = 0; key < rightRows.KeyCount; key++)
        {
            if (leftRows.Find(rightRows.Keys[key]) < 0)
            {
                groups.Add((rightRows.Keys[key], ([], rightRows.ValuesOf(key))));
            }
        }

        leftRows.Release(task);
        rightRows.Release(task);
        return new ArrayBlock<(TKey, (IReadOnlyList<TLeft>, IReadOnlyList<TRight>))>([.. groups], groups.Count, pool: null);
    }
}
