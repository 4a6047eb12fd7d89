using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Pairs each left record with each right record of the same key: in the order of the left records, and for one of them in the order of the right
/// ones. Where right records without a partner are kept they come last, in their order.
/// </summary>
internal sealed class JoinNode<TKey, TLeft, TRight, TOut, TShape>(
    string operatorName,
    DatasetNode<(TKey, TLeft)> left,
    DatasetNode<(TKey, TRight)> right,
    IPartitioner<TKey>? partitioner,
    int? partitions)
    : PairedNode<TKey, TLeft, TRight, (TKey, TOut)>(operatorName, left, right, partitioner, partitions)
    where TShape : struct, IJoinShape<TLeft, TRight, TOut>
{
    public override object? PartitionerOf(EvaluationScope scope) => PartitionerFor(scope);

    protected override Block<(TKey, TOut)> Pair(TaskScope task, KeyedInput<TKey, TLeft>.Arrived left, KeyedInput<TKey, TRight>.Arrived right)
    {
        var rows = new KeyedRows<TKey, TRight>(task, right.CountOf(task));
        right.Push(task, rows);
        rows.Complete();
        var output = task.NewBlock<(TKey, TOut)>();
        var probe = new Probe(rows, output);
        left.Push(task, probe);
        probe.Complete();
        probe.WriteUnmatched();
        rows.Release(task);
        return output.ToBlock();
    }

    /// <summary>Looks for the partners of each left record.</summary>
    private sealed class Probe(KeyedRows<TKey, TRight> rows, BlockOutput<(TKey, TOut)> output) : RecordOutput<(TKey, TLeft)>
    {
        private readonly bool[] _isMatched = TShape.KeepsRight ? new bool[rows.KeyCount] : [];
        private readonly KeyStage<TKey, TLeft> _stage = new();
        private readonly int[] _keys = new int[KeyStage<TKey, TLeft>.Length];

        public override void Write((TKey, TLeft) record)
        {
            if (_stage.Add(record, rows.Table))
            {
                Complete();
            }
        }

        /// <summary>
        /// Looks for those that are staged, step by step for all of them: what one step asks for has come when the next one needs it. To be called after the
        /// last record.
        /// </summary>
        public override void Complete()
        {
            var all = _stage.Take();
            foreach (ref readonly var staged in all)
            {
                rows.ExpectKey(staged.Hash);
            }

            for (var index = 0; index < all.Length; index++)
            {
                _keys[index] = rows.Table.Find(all[index].Key, all[index].Hash);
                if (_keys[index] >= 0)
                {
                    rows.ExpectRows(_keys[index]);
                }
            }

            for (var index = 0; index < all.Length; index++)
            {
                Look(_keys[index], all[index].Key, all[index].Value);
            }
        }

        private void Look(int key, TKey keyOfLeft, TLeft left)
        {
            if (key < 0)
            {
                if (TShape.KeepsLeft)
                {
                    output.Write((keyOfLeft, TShape.LeftOnly(left)));
                }

                return;
            }

            if (TShape.KeepsRight)
            {
                _isMatched[key] = true;
            }

            for (var row = rows.FirstOf(key); row >= 0; row = rows.After(row))
            {
                output.Write((keyOfLeft, TShape.Both(left, rows[row])));
            }
        }

        public void WriteUnmatched()
        {
            if (!TShape.KeepsRight)
            {
                return;
            }

            for (var row = 0; row < rows.Count; row++)
            {
                var key = rows.KeyOf(row);
                if (!_isMatched[key])
                {
                    output.Write((rows.Keys[key], TShape.RightOnly(rows[row])));
                }
            }
        }
    }
}
