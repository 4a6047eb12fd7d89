using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>
/// Counts of a million ids over the latest batches, of a hundred thousand records each; ten slides at a time. With an inverse, counts that leave are
/// subtracted; without one, the counts of all batches of the window are merged.
/// </summary>
internal sealed class SlidingCountsWorkload(int length, bool hasInverse) : Workload
{
    public const int Ids = 1_000_000;

    private const int RecordsInBatch = 100_000;

    public override string Name => $"sliding-{(hasInverse ? "inverse-" : "")}{length}";

    public override int Batches => 10;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(29);
        int[][] batches = [.. Enumerable.Range(0, Batches).Select(_ => Enumerable.Range(0, RecordsInBatch).Select(_ => random.Next(Ids)).ToArray())];
        List<Contender> contenders =
        [
            Slide(ContenderNames.Hand, hasInverse ? new InverseByHand(batches, length).Slide : new MergedByHand(batches, length).Slide),
            Slide(ContenderNames.Fused, OfEngine(ContenderNames.Fused, batches)),
            Slide(ContenderNames.Unfused, OfEngine(ContenderNames.Unfused, batches)),
        ];
        if (hasInverse)
        {
            contenders.Insert(1, Slide(ContenderNames.Heroic, new HeroicSlidingCounts(batches, length).Slide));
        }

        return contenders;
    }

    /// <summary>What an id contributes to the checksum.</summary>
    internal static long Weight(int id, int count) => (long)((id & 0xFF) + 1) * count;

    private Func<long> OfEngine(string name, int[][] batches) => Engine(name, new SlidingCountsPipeline(batches, length, hasInverse)).RunBatch;

    /// <summary>Slides as often as there are batches, so that each run ends where it began; the window is filled first.</summary>
    private Contender Slide(string name, Func<long> slide)
    {
        var isFilled = false;
        return new Contender(name, () =>
        {
            for (var batch = 0; !isFilled && batch < length; batch++)
            {
                slide();
            }

            isFilled = true;
            var checksum = 0L;
            for (var batch = 0; batch < Batches; batch++)
            {
                checksum += slide();
            }

            return checksum;
        });
    }

    /// <summary>The counts of a batch, in a dictionary that an earlier one has left.</summary>
    private static Dictionary<int, int> Count(int[] batch, Dictionary<int, int> counts)
    {
        counts.Clear();
        foreach (var id in batch)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, id, out _)++;
        }

        return counts;
    }

    private static long Checksum(Dictionary<int, int> window)
    {
        var checksum = 0L;
        foreach (var (id, count) in window)
        {
            checksum += Weight(id, count);
        }

        return checksum;
    }

    private sealed class InverseByHand(int[][] batches, int length)
    {
        private readonly Dictionary<int, int> _window = [];
        private readonly Queue<Dictionary<int, int>> _counts = new();
        private int _next;

        public long Slide()
        {
            var free = new Dictionary<int, int>();
            if (_counts.Count == length)
            {
                free = _counts.Dequeue();
                foreach (var (id, count) in free)
                {
                    ref var rest = ref CollectionsMarshal.GetValueRefOrNullRef(_window, id);
                    rest -= count;
                    if (rest == 0)
                    {
                        _window.Remove(id);
                    }
                }
            }

            var entered = Count(batches[_next++ % batches.Length], free);
            foreach (var (id, count) in entered)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_window, id, out _) += count;
            }

            _counts.Enqueue(entered);
            return Checksum(_window);
        }
    }

    private sealed class MergedByHand(int[][] batches, int length)
    {
        private readonly Dictionary<int, int> _window = [];
        private readonly Queue<Dictionary<int, int>> _counts = new();
        private int _next;

        public long Slide()
        {
            var free = _counts.Count == length ? _counts.Dequeue() : [];
            _counts.Enqueue(Count(batches[_next++ % batches.Length], free));
            _window.Clear();
            foreach (var counts in _counts)
            {
                foreach (var (id, count) in counts)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_window, id, out _) += count;
                }
            }

            return Checksum(_window);
        }
    }
}

[StreamingPipeline]
internal sealed partial class SlidingCountsPipeline(int[][] batches, int length, bool hasInverse) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming)
    {
        var ones = new BlockInput<int>([.. batches.Select(batch => new ArrayBlock<int>(batch, batch.Length, pool: null))]).AddTo(streaming)
            .Map(id => (Id: id, Count: 1));
        var counts = hasInverse
            ? ones.ReduceByKeyAndWindow((left, right) => left + right, (whole, part) => whole - part, TimeSpan.FromSeconds(length), filter: pair => pair.Value != 0)
            : ones.ReduceByKeyAndWindow((left, right) => left + right, TimeSpan.FromSeconds(length));
        counts.ForeachRdd(rdd =>
        {
            _checksum = 0;
            rdd.Foreach(pair => _checksum += SlidingCountsWorkload.Weight(pair.Key, pair.Value));
        });
    }
}
