using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// A stream's results of its latest batches, for the windows over it: the blocks themselves, as long as a window needs them. A result that could not be
/// computed in its batch is computed when a window asks for it. Thread-safe.
/// </summary>
/// <param name="node">The stream.</param>
/// <param name="division">How its records are divided and written, where that is known before there are any.</param>
internal sealed class BatchHistory<T>(DatasetNode<T> node, HistoryDivision<T>? division) : BatchKeeper, ISavedStream
{
    private readonly Lock _lock = new();
    private readonly List<(DatasetNode Window, int Length, int Slide)> _readers = [];
    private readonly List<KeptBatch<T>> _batches = [];
    private readonly Lazy<IReadOnlySet<DatasetNode>> _sources = new(() => SourcesOf(node));
    private SavedBatches<T>? _saving;

    public override DatasetNode<T> Node => node;

    public override ISavedStream Saved => this;

    /// <summary>The window for which it was made.</summary>
    DatasetNode ISavedStream.Node => _readers[0].Window.Called;

    string ISavedStream.Kind => $"batches of {_readers[0].Window.Called.OperatorName}";

    IReadOnlyList<(string Name, RecordSchema Schema)> ISavedStream.Schemas => [("record", _saving!.Codec.Schema)];

    /// <summary>A window reads, at the multiples of a slide, the batches that are not earlier than a length. All in batches.</summary>
    public void AddReader(DatasetNode window, int length, int slide) => _readers.Add((window, length, slide));

    void ISavedStream.PrepareSaving(CodecRegistry codecs, BlockPool pool)
    {
        var window = _readers[0].Window;
        var (site, pipeline) = (node.Site ?? window.Called.Site, node.Pipeline ?? window.Pipeline);
        _saving = new(division is null ? codecs.Of<T>(site, pipeline) : division.FindCodec(codecs, site, pipeline), pool);
    }

    void ISavedStream.Restore(RestoredStream saved)
    {
        foreach (var (number, partitions) in _saving!.Restore(saved.Saved, saved.Read))
        {
            var divided = division?.Divide(partitions);
            if (divided is not null)
            {
                _saving.ForgetFiles();
            }

            _batches.Add(new KeptBatch<T>(node, number, Array.ConvertAll(divided ?? partitions, static records => (Block<T>)new ArrayBlock<T>(records, records.Length, pool: null)), division?.Partitioner));
        }
    }

    public override CapturedStream? Capture(long number)
    {
        KeptBatch<T>[] batches;
        lock (_lock)
        {
            batches = [.. _batches.Where(batch => batch.Number <= number)];
        }

        try
        {
            Array.ForEach(batches, static batch => batch.Capture());
        }
#pragma warning disable CA1031 // The batch's own jobs have said so, or a window that needs it will.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }

        return _saving!.Capture(batches.Select(static batch => (batch.Number, batch.Blocks)));
    }

    public override void Begin(long number, EvaluationScope scope)
    {
        scope.Enter();
        lock (_lock)
        {
            _batches.Add(new KeptBatch<T>(node, _sources.Value, number, scope));
        }
    }

    public override void Keep(long number) => Find(number)?.Capture();

    /// <summary>
    /// The stream's batches of a window, the oldest first; there are none from before the start. Text that their records refer to stays as long as the scope
    /// that reads them.
    /// </summary>
    /// <param name="scope">The window's batch.</param>
    /// <param name="window">The window.</param>
    /// <param name="after">The number before the first batch of the window.</param>
    /// <param name="last">The number of its last batch.</param>
    public KeptBatch<T>[] Read(EvaluationScope scope, DatasetNode window, long after, long last)
    {
        KeptBatch<T>[] batches;
        lock (_lock)
        {
            batches = [.. _batches.Where(batch => batch.Number > after && batch.Number <= last)];
        }

        Array.ForEach(batches, static batch => batch.Capture());
        if (Array.Exists(batches, static batch => batch.Texts.Count > 0))
        {
            scope.Borrow(window, batches.SelectMany(static batch => batch.Texts).Distinct());
        }

        return batches;
    }

    public override void Forget(long next)
    {
        var last = _readers.Min(reader => NextMultiple(next, reader.Slide) - reader.Length);
        List<KeptBatch<T>>? forgotten = null;
        lock (_lock)
        {
            while (_batches.Count > 0 && _batches[0].Number <= last)
            {
                (forgotten ??= []).Add(_batches[0]);
                _batches.RemoveAt(0);
            }
        }

        forgotten?.ForEach(batch => batch.Release());
    }

    public override void End()
    {
        KeptBatch<T>[] all;
        lock (_lock)
        {
            all = [.. _batches];
            _batches.Clear();
        }

        Array.ForEach(all, batch => batch.Release());
    }

    private KeptBatch<T>? Find(long number)
    {
        lock (_lock)
        {
            return _batches.Find(batch => batch.Number == number);
        }
    }

    /// <summary>A stream and what it is computed from, back to windows, which know the text that they refer to.</summary>
    private static HashSet<DatasetNode> SourcesOf(DatasetNode stream)
    {
        var sources = new HashSet<DatasetNode>();
        var next = new Stack<DatasetNode>([stream]);
        while (next.TryPop(out var source))
        {
            if (sources.Add(source) && !source.HasOwnSlide)
            {
                foreach (var parent in source.Parents)
                {
                    next.Push(parent);
                }
            }
        }

        return sources;
    }

    private static long NextMultiple(long number, int of) => (number + of - 1) / of * of;
}
