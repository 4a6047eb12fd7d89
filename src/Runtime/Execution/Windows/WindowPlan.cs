using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// How the window of one batch is put together: which runs of batches are combined for it and stay for later windows, and which runs it consists of. The
/// same in each partition, where a task follows it.
/// </summary>
internal sealed class WindowPlan<T>
{
    private readonly Dictionary<WindowRun, Block<T>[]> _known = [];

    /// <summary>The runs to be combined, each behind its halves.</summary>
    private readonly List<(WindowRun Run, WindowRun[] Halves)> _new = [];

    private readonly WindowRun[] _cover;

    /// <param name="runs">What was combined for earlier windows.</param>
    /// <param name="batches">The batches of the window, the oldest first.</param>
    /// <param name="step">The slide of the stream that the window reads.</param>
    public WindowPlan(WindowRuns<T> runs, KeptBatch<T>[] batches, int step)
    {
        Partitions = batches[^1].Blocks.Length;
        foreach (var batch in batches)
        {
            _known.Add(new WindowRun(0, batch.Number / step), batch.Blocks);
        }

        _cover = [.. WindowRun.Cover(batches[0].Number / step, batches[^1].Number / step).Where(run => Require(run, runs))];
    }

    public int Partitions { get; }

    /// <summary>Combines in one partition.</summary>
    public Part Run(int partition, Func<IReadOnlyList<Block<T>>, ArrayBlock<T>> combine)
    {
        var blocks = new Dictionary<WindowRun, Block<T>>();
        var combined = new Block<T>[_new.Count];
        for (var index = 0; index < combined.Length; index++)
        {
            var (run, halves) = _new[index];
            blocks[run] = combined[index] = Combine(halves);
        }

        return new Part(Combine(_cover), combined);

        Block<T> Combine(WindowRun[] parts)
        {
            var all = parts.Select(run => blocks.TryGetValue(run, out var block) ? block : _known[run][partition]).ToArray();
            var filled = Array.FindAll(all, static block => block.Count > 0);
            return filled.Length switch
            {
                0 => all[0],
                1 => filled[0],
                _ => combine(filled),
            };
        }
    }

    /// <summary>Keeps what the tasks have combined.</summary>
    /// <returns>The window's partitions.</returns>
    public Block<T>[] Complete(Part[] parts, WindowRuns<T> runs)
    {
        // Who else has a block is not known to the tasks: each place that a block stands in owns it once, those that a task made begin with their first.
        var owned = new HashSet<Block<T>>(ReferenceEqualityComparer.Instance);
        foreach (var blocks in _known.Values)
        {
            owned.UnionWith(blocks);
        }

        for (var index = 0; index < _new.Count; index++)
        {
            runs.Add(_new[index].Run, [.. parts.Select(part => Own(part.Combined[index]))]);
        }

        return [.. parts.Select(part => Own(part.Window))];

        Block<T> Own(Block<T> block)
        {
            if (!owned.Add(block))
            {
                block.Retain();
            }

            return block;
        }
    }

    /// <summary>Sees to it that a run will be there; false where none of its batches is.</summary>
    private bool Require(WindowRun run, WindowRuns<T> runs)
    {
        if (_known.ContainsKey(run) || _new.Exists(other => other.Run == run))
        {
            return true;
        }

        if (run.Level == 0)
        {
            return false; // The batch could not be made.
        }

        if (runs.TryGet(run, out var blocks))
        {
            _known.Add(run, blocks);
            return true;
        }

        var (earlier, later) = run.Halves;
        WindowRun[] halves = [.. new[] { earlier, later }.Where(half => Require(half, runs))];
        if (halves.Length > 0)
        {
            _new.Add((run, halves));
        }

        return halves.Length > 0;
    }

    /// <summary>What a task has made.</summary>
    /// <param name="Window">The window's partition; it may be a block that was there already.</param>
    /// <param name="Combined">The new runs' partitions; the same goes for them.</param>
    internal sealed record Part(Block<T> Window, Block<T>[] Combined);
}
