using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// A stream's results of its latest batches, for the windows over it: the blocks themselves, as long as a window needs them. A result that could not be
/// computed in its batch is computed when a window asks for it. Thread-safe.
/// </summary>
internal sealed class BatchHistory<T>(DatasetNode<T> node) : BatchKeeper
{
    private readonly Lock _lock = new();
    private readonly List<(int Length, int Slide)> _readers = [];
    private readonly List<KeptBatch<T>> _batches = [];

    public override DatasetNode<T> Node => node;

    /// <summary>A window reads, at the multiples of a slide, the batches that are not earlier than a length. All in batches.</summary>
    public void AddReader(int length, int slide) => _readers.Add((length, slide));

    public override void Begin(long number, EvaluationScope scope)
    {
        scope.Enter();
        lock (_lock)
        {
            _batches.Add(new KeptBatch<T>(node, number, scope));
        }
    }

    public override void Keep(long number) => Find(number)?.Capture();

    /// <summary>
    /// The stream's batches of a window, the oldest first; there are none from before the start. Text that their records refer to stays as long as the scope
    /// that reads them.
    /// </summary>
    /// <param name="reader">The scope of the window's batch.</param>
    /// <param name="after">The number before the first batch of the window.</param>
    /// <param name="last">The number of its last batch.</param>
    public KeptBatch<T>[] Read(EvaluationScope reader, long after, long last)
    {
        KeptBatch<T>[] window;
        lock (_lock)
        {
            window = [.. _batches.Where(batch => batch.Number > after && batch.Number <= last)];
        }

        foreach (var batch in window)
        {
            batch.Capture();
            foreach (var text in batch.Texts)
            {
                text.Retain();
                reader.Keep(text);
            }
        }

        return window;
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

    private static long NextMultiple(long number, int of) => (number + of - 1) / of * of;
}
