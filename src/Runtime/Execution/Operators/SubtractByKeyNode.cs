using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>The left records whose key the right side does not have, in their order.</summary>
internal sealed class SubtractByKeyNode<TKey, TLeft, TRight>(
    string operatorName, DatasetNode<(TKey, TLeft)> left, DatasetNode<(TKey, TRight)> right, IPartitioner<TKey>? partitioner, int? partitions)
    : PairedNode<TKey, TLeft, TRight, (TKey, TLeft)>(operatorName, left, right, partitioner, partitions)
{
    public override object? PartitionerOf(EvaluationScope scope) => PartitionerFor(scope);

    protected override Block<(TKey, TLeft)> Pair(TaskScope task, KeyedInput<TKey, TLeft>.Arrived left, KeyedInput<TKey, TRight>.Arrived right)
    {
        var keys = new KeyTable<TKey>(task.Scope.Pool);
        task.Own(keys);
        right.Push(task, new KeyOutput(keys));
        var output = task.NewBlock<(TKey, TLeft)>();
        left.Push(task, new Rest(keys, output));
        task.Disown(keys);
        keys.Release();
        return output.ToBlock();
    }

    private sealed class KeyOutput(KeyTable<TKey> keys) : RecordOutput<(TKey, TRight)>
    {
        public override void Write((TKey, TRight) record) => keys.Add(record.Item1);
    }

    private sealed class Rest(KeyTable<TKey> keys, BlockOutput<(TKey, TLeft)> output) : RecordOutput<(TKey, TLeft)>
    {
        public override void Write((TKey, TLeft) record)
        {
            if (keys.Find(record.Item1) < 0)
            {
                output.Write(record);
            }
        }
    }
}
