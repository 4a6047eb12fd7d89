using System.Numerics;
using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Heroic;

/// <summary>
/// The limit for sliding counts: the ids are known to be small numbers, so counts lie in arrays, and a slide adds one array to the window's and subtracts
/// another, a vector at a time.
/// </summary>
internal sealed class HeroicSlidingCounts(int[][] batches, int length)
{
    private readonly int[] _window = new int[SlidingCountsWorkload.Ids];
    private readonly int[][] _counts = [.. Enumerable.Range(0, length).Select(_ => new int[SlidingCountsWorkload.Ids])];
    private int _next;

    public long Slide()
    {
        var counts = _counts[_next % length];
        Add(_window, counts, isSubtracted: true);
        Array.Clear(counts);
        foreach (var id in batches[_next++ % batches.Length])
        {
            counts[id]++;
        }

        Add(_window, counts, isSubtracted: false);
        var checksum = 0L;
        for (var id = 0; id < _window.Length; id++)
        {
            checksum += SlidingCountsWorkload.Weight(id, _window[id]);
        }

        return checksum;
    }

    private static void Add(int[] window, int[] counts, bool isSubtracted)
    {
        var whole = MemoryMarshal.Cast<int, Vector<int>>(window.AsSpan());
        var part = MemoryMarshal.Cast<int, Vector<int>>(counts.AsSpan());
        for (var index = 0; index < whole.Length; index++)
        {
            whole[index] = isSubtracted ? whole[index] - part[index] : whole[index] + part[index];
        }

        for (var id = whole.Length * Vector<int>.Count; id < window.Length; id++)
        {
            window[id] += isSubtracted ? -counts[id] : counts[id];
        }
    }
}
