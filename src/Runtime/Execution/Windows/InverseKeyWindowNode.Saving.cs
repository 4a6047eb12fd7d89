using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <content>How checkpoints save the window: the state, and what is inside and will leave it.</content>
internal sealed partial class InverseKeyWindowNode<TKey, TValue, TFunctions>
{
    private SavedTables<TKey, TValue>? _saving;
    private SavedBatches<(TKey, TValue)>? _inside;
    private IReadOnlyList<(long Number, (TKey, TValue)[][] Partitions)> _restored = [];

    public override string Kind => OperatorName;

    public override ISavedStream? Needed => _history;

    public override IReadOnlyList<(string Name, RecordSchema Schema)> Schemas => _saving!.Schemas;

    public override void PrepareSaving(CodecRegistry codecs, BlockPool pool)
    {
        _saving = new(codecs.Of<TKey>(Site, Pipeline), codecs.Of<TValue>(Site, Pipeline), pool);
        _inside = new(PairCodec<TKey, TValue>.Find(codecs, Site, Pipeline), pool);
    }

    public override void Restore(RestoredStream saved)
    {
        var (tables, inside) = _range.Divide(saved.Saved, this);
        _saving!.Restore(saved with { Saved = tables });
        _first = 0; // All that the history has.
        _restored = _inside!.Restore(inside, saved.Read);
    }

    public override CapturedStream Capture() => new CapturedWindow(
        _range,
        _saving!.Pool,
        _saving.Capture(_partitions is null ? null : Array.ConvertAll(_partitions, static partition => partition.State)),
        _inside!.Capture(Inside()));

    /// <summary>What has entered and not left, by batches; where a partition got nothing in one, its block is empty.</summary>
    private IEnumerable<(long Number, Block<(TKey, TValue)>[] Blocks)> Inside()
    {
        if (_partitions is not { } partitions)
        {
            return _restored.Select(static batch => (batch.Number, Array.ConvertAll(batch.Partitions, ToBlock)));
        }

        var batches = new SortedDictionary<long, Block<(TKey, TValue)>[]>();
        for (var partition = 0; partition < partitions.Length; partition++)
        {
            foreach (var (number, block) in partitions[partition].Inside)
            {
                if (!batches.TryGetValue(number, out var blocks))
                {
                    batches.Add(number, blocks = [.. Enumerable.Range(0, partitions.Length).Select(static _ => ToBlock([]))]);
                }

                blocks[partition] = block;
            }
        }

        return batches.Select(static batch => (batch.Key, batch.Value));
    }

    private void BeginSaving(SlidingPartition<TKey, TValue>[] partitions, IPartitioner<TKey> targets)
    {
        if (_saving is null)
        {
            return;
        }

        _saving.Begin(Array.ConvertAll(partitions, static partition => partition.State), targets);
        var division = new KeyDivision<TKey, TValue>(targets);
        foreach (var (number, saved) in _restored)
        {
            var divided = division.Divide(saved);
            if (divided is not null)
            {
                _inside!.ForgetFiles();
            }

            for (var partition = 0; partition < partitions.Length; partition++)
            {
                partitions[partition].Enter(number, (divided ?? saved)[partition]);
            }
        }

        _restored = [];
    }

    private static Block<(TKey, TValue)> ToBlock((TKey, TValue)[] records) => new ArrayBlock<(TKey, TValue)>(records, records.Length, pool: null);
}
