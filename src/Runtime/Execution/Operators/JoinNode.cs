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
        var rows = new KeyedRows<TKey, TRight>(task, right.CountOf(task), TShape.KeepsRight);
        right.Push(task, rows);
        rows.Complete();
        var output = task.NewBlock<(TKey, TOut)>();
        var probe = new Probe(rows, output, left.CountOf(task));
        left.Push(task, probe);
        probe.Complete();
        probe.WriteUnmatched();
        rows.Release(task);
        return output.ToBlock();
    }

    /// <summary>Looks for the partners of each left record.</summary>
    /// <param name="rows">The right records.</param>
    /// <param name="output">Where the pairs go.</param>
    /// <param name="count">How many left records there are; zero where that is not known.</param>
    private sealed class Probe(KeyedRows<TKey, TRight> rows, BlockOutput<(TKey, TOut)> output, int count) : KeyStagedOutput<TKey, TLeft>
    {
        /// <summary>After so many left records it is estimated how many pairs there will be; a multiple of those that are staged.</summary>
        private const int Beginning = 256 * StageLength;

        private readonly bool[] _isMatched = TShape.KeepsRight ? new bool[rows.KeyCount] : [];
        private readonly uint[] _guesses = new uint[StageLength];
        private readonly int[] _keys = new int[StageLength];
        private int _looked;

        public override KeyTable<TKey> Table => rows.Table;

        protected override void Take(ReadOnlySpan<(TKey Key, TLeft Value)> all, ReadOnlySpan<uint> hashes)
        {
            for (var index = 0; index < all.Length; index++)
            {
                _guesses[index] = rows.Guess(hashes[index]);
            }

            for (var index = 0; index < all.Length; index++)
            {
                ref readonly var staged = ref all[index];
                var key = rows.Table.IsKeyOf(_guesses[index], staged.Key) ? (int)_guesses[index] : rows.Table.Find(staged.Key, hashes[index]);
                _keys[index] = key;
                if (key >= 0)
                {
                    rows.ExpectRows(key);
                }
            }

            // The first partners of all of them have room; those that follow make some for the rest.
            var room = output.Reserve(all.Length);
            var written = 0;
            for (var index = 0; index < all.Length; index++)
            {
                ref readonly var left = ref all[index];
                var key = _keys[index];
                if (key < 0)
                {
                    if (TShape.KeepsLeft)
                    {
                        room[written++] = (left.Key, TShape.LeftOnly(left.Value));
                    }

                    continue;
                }

                if (TShape.KeepsRight)
                {
                    _isMatched[key] = true;
                }

                var (row, last) = rows.EndsOf(key);
                room[written++] = (left.Key, TShape.Both(left.Value, rows[row]));
                if (row != last)
                {
                    output.Count += written;
                    WriteOthers(left, row, last);
                    room = output.Reserve(all.Length - index - 1);
                    written = 0;
                }
            }

            output.Count += written;

            _looked += all.Length;
            if (_looked == Beginning)
            {
                output.Expect(_looked, count);
            }
        }

        private void WriteOthers((TKey Key, TLeft Value) left, int row, int last)
        {
            while (row != last)
            {
                row = rows.After(row);
                output.Write((left.Key, TShape.Both(left.Value, rows[row])));
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
