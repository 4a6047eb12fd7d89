using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Sorts the records of all partitions, equal keys in the order in which they came. Each map task sorts its partition; the keys that divide the result
/// into partitions of about the same length are chosen from an even sample of theirs; behind the exchange sorted runs are merged.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">What the map side has beside the key.</typeparam>
/// <typeparam name="T">The record.</typeparam>
internal abstract class SortNode<TKey, TValue, T>(
    string operatorName, DatasetNode<(TKey, TValue)> parent, KeyOrder<TKey> order, int? partitions, params Delegate[] functions)
    : ExchangeNode<(TKey, TValue), T>(operatorName, parent, functions)
{
    private const int SamplesForEach = 64;

    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        var maps = Parent.PartitionCount(scope);
        var count = partitions ?? Math.Max(1, maps);
        return maps == 0 ? OfNothing(count) : Evaluate(scope, maps, count, wanted);
    }

    /// <summary>Takes the records in the order of their places.</summary>
    protected abstract void TakeRecords(ReadOnlySpan<(TKey, TValue)> unsorted, ReadOnlySpan<int> places, Span<T> sorted);

    protected override int DeclaredPartitionCount(EvaluationScope scope) => partitions ?? Math.Max(1, Parent.PlannedPartitionCount(scope));

    private Materialized<T> Evaluate(EvaluationScope scope, int maps, int count, int[]? wanted)
    {
        var runs = scope.RunStage(this, maps, MapSide(scope.Planner), static task => task.NewBlock<(TKey, TValue)>(), (task, output) => Sort(task, task.Take((BlockOutput<(TKey, TValue)>)output)));
        try
        {
            var cuts = Cuts(runs, count);
            return new(scope.RunTargets(
                this, count, wanted, (Node: this, runs, cuts), static (task, merge) => merge.Node.Merge(task, merge.runs, merge.cuts), static (_, _) => { }));
        }
        finally
        {
            foreach (var run in runs)
            {
                run.Keys.Release();
                run.Records.Release();
            }
        }
    }

    private Run Sort(TaskScope task, Block<(TKey, TValue)> unsorted)
    {
        var records = unsorted.Records;
        var keys = task.NewBlock<TKey>(records.Length);
        var room = keys.Room;
        for (var index = 0; index < records.Length; index++)
        {
            room[index] = records[index].Item1;
        }

        var places = task.NewBlock<int>(records.Length);
        order.Sort(room, places.Room);
        var sorted = task.NewBlock<T>(records.Length);
        TakeRecords(records, places.Room, sorted.Room);
        places.Release();
        unsorted.Release();
        return new Run(keys, sorted);
    }

    /// <summary>Where each run is cut: for each of them, the beginning of each target partition and the end of the last.</summary>
    private int[][] Cuts(Run[] runs, int count)
    {
        var total = runs.Sum(run => (long)run.Keys.Count);
        var stride = (int)Math.Max(1, total / ((long)count * SamplesForEach));
        var samples = new List<TKey>();
        foreach (var run in runs)
        {
            for (var index = stride / 2; index < run.Keys.Count; index += stride)
            {
                samples.Add(run.Keys.Records[index]);
            }
        }

        samples.Sort(order.Comparer);
        var cuts = runs.Select(_ => new int[count + 1]).ToArray();
        for (var map = 0; map < runs.Length; map++)
        {
            for (var target = 1; target < count; target++)
            {
                cuts[map][target] = samples.Count == 0 ? 0 : LowerBound(runs[map].Keys.Records, samples[(int)((long)samples.Count * target / count)]);
            }

            cuts[map][count] = runs[map].Keys.Count;
        }

        return cuts;
    }

    /// <summary>The first position whose key is not before the given one.</summary>
    private int LowerBound(ReadOnlySpan<TKey> keys, TKey key)
    {
        var (low, high) = (0, keys.Length);
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            (low, high) = order.Comparer.Compare(keys[middle], key) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Neighbouring runs are merged by twos until one is left: so equal keys keep the order of the partitions.</summary>
    private Block<T> Merge(TaskScope task, Run[] runs, int[][] cuts)
    {
        var parts = new List<Part>();
        for (var map = 0; map < runs.Length; map++)
        {
            var (start, end) = (cuts[map][task.Partition], cuts[map][task.Partition + 1]);
            if (start < end)
            {
                parts.Add(new Part(runs[map], start, end - start, IsOwn: false));
            }
        }

        while (parts.Count > 1)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            for (var index = 0; index + 1 < parts.Count; index++)
            {
                var merged = Merge(task, parts[index], parts[index + 1]);
                parts.RemoveAt(index + 1);
                parts[index] = merged;
            }
        }

        if (parts is [{ IsOwn: true } only])
        {
            only.Run.Keys.Release();
            return only.Run.Records;
        }

        var block = task.NewBlock<T>(parts.Count == 0 ? 0 : parts[0].Length);
        if (parts is [var part])
        {
            part.Records.CopyTo(block.Room);
        }

        return block;
    }

    private Part Merge(TaskScope task, Part left, Part right)
    {
        var length = checked(left.Length + right.Length);
        var (keys, records) = (task.NewBlock<TKey>(length), task.NewBlock<T>(length));
        var leftKeys = left.Keys;
        var rightKeys = right.Keys;
        var leftRecords = left.Records;
        var rightRecords = right.Records;
        var keyRoom = keys.Room;
        var recordRoom = records.Room;
        var (nextLeft, nextRight) = (0, 0);
        for (var index = 0; index < length; index++)
        {
            if (nextRight == rightKeys.Length || (nextLeft < leftKeys.Length && order.Comparer.Compare(rightKeys[nextRight], leftKeys[nextLeft]) >= 0))
            {
                (keyRoom[index], recordRoom[index]) = (leftKeys[nextLeft], leftRecords[nextLeft]);
                nextLeft++;
            }
            else
            {
                (keyRoom[index], recordRoom[index]) = (rightKeys[nextRight], rightRecords[nextRight]);
                nextRight++;
            }
        }

        left.ReleaseOwn();
        right.ReleaseOwn();
        return new Part(new Run(keys, records), 0, length, IsOwn: true);
    }

    /// <summary>A partition, sorted: its keys and its records.</summary>
    private sealed record Run(ArrayBlock<TKey> Keys, ArrayBlock<T> Records);

    /// <summary>A piece of a run; the task's own if it has merged it.</summary>
    private sealed record Part(Run Run, int Start, int Length, bool IsOwn)
    {
        public ReadOnlySpan<TKey> Keys => Run.Keys.Records.Slice(Start, Length);

        public ReadOnlySpan<T> Records => Run.Records.Records.Slice(Start, Length);

        public void ReleaseOwn()
        {
            if (IsOwn)
            {
                Run.Keys.Release();
                Run.Records.Release();
            }
        }
    }
}
