using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>A run of batches by its place: 2^<paramref name="Level"/> of them, beginning at a multiple of that.</summary>
/// <param name="Level">The logarithm of the number of batches; zero for a batch itself.</param>
/// <param name="Index">The number of its first batch, divided by that.</param>
internal readonly record struct WindowRun(int Level, long Index)
{
    public long First => Index << Level;

    /// <summary>Its two halves.</summary>
    public (WindowRun Earlier, WindowRun Later) Halves => (new(Level - 1, 2 * Index), new(Level - 1, (2 * Index) + 1));

    /// <summary>The fewest runs that a window consists of, in their order: at most two of each length.</summary>
    public static List<WindowRun> Cover(long first, long last)
    {
        var runs = new List<WindowRun>();
        while (first <= last)
        {
            var level = 0;
            while ((first & ((2L << level) - 1)) == 0 && first + (2L << level) - 1 <= last)
            {
                level++;
            }

            runs.Add(new WindowRun(level, first >> level));
            first += 1L << level;
        }

        return runs;
    }
}

/// <summary>
/// What runs of batches combine to, so that windows that overlap share it: when the window slides, only the runs that a new batch completes are combined, and
/// the window is the combination of its few longest runs. Not thread-safe.
/// </summary>
internal sealed class WindowRuns<T>
{
    private readonly Dictionary<WindowRun, Block<T>[]> _runs = [];

    /// <summary>The partitions of a run that was combined before.</summary>
    public bool TryGet(WindowRun run, out Block<T>[] blocks) => _runs.TryGetValue(run, out blocks!);

    public void Add(WindowRun run, Block<T>[] blocks) => _runs.Add(run, blocks);

    /// <summary>Gives up the runs that begin before a batch.</summary>
    public void Forget(long first)
    {
        foreach (var (run, blocks) in _runs)
        {
            if (run.First < first)
            {
                Release(blocks);
                _runs.Remove(run);
            }
        }
    }

    public void Clear()
    {
        foreach (var blocks in _runs.Values)
        {
            Release(blocks);
        }

        _runs.Clear();
    }

    private static void Release(Block<T>[] blocks) => Array.ForEach(blocks, static block => block.Release());
}
