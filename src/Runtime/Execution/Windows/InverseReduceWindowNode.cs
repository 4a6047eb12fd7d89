using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// The records of a window, folded into one that the next window is made of: what leaves is taken out, then what enters is added. Nothing before the first
/// record of all, then always one.
/// </summary>
internal sealed class InverseReduceWindowNode<T> : StatefulNode<T>
{
    private readonly BatchHistory<T> _history;
    private readonly WindowRange _range;
    private readonly Func<T, T, T> _add;
    private readonly Func<T, T, T> _remove;
    private Option<T> _value;
    private long? _first;
    private RecordCodec<T>? _codec;
    private BlockPool? _pool;

    public InverseReduceWindowNode(string operatorName, BatchHistory<T> history, WindowRange range, Func<T, T, T> add, Func<T, T, T> remove)
        : base(operatorName, [history.Node], add, remove)
    {
        (_history, _range, _add, _remove) = (history, range, add, remove);
        Slide = range.Slide;
        history.AddReader(this, range.Length + range.Slide, range.Slide);
    }

    public override bool HasOwnSlide => true;

    public override void Plan(Planner planner)
    {
        // Its parent is kept, and planned as such.
    }

    public override string Kind => OperatorName;

    public override ISavedStream? Needed => _history;

    public override IReadOnlyList<(string Name, RecordSchema Schema)> Schemas => [("state", _codec!.Schema)];

    public override void PrepareSaving(CodecRegistry codecs, BlockPool pool) => (_codec, _pool) = (codecs.Of<T>(Site, Pipeline), pool);

    public override void Restore(RestoredStream saved)
    {
        var (state, _) = _range.Divide(saved.Saved, this);
        _first = 0; // All that the history has.
        var reader = new RecordReader(state.Content.Span);
        if (reader.ReadPresence())
        {
            var decoder = new RecordDecoder<T>(_codec!, SchemaFormat.Read(ref reader));
            var block = decoder.Read(reader.ReadBytes(reader.Remaining), 1, _pool!);
            _value = new Option<T>(block.Records[0]);
            block.Release();
        }
    }

    public override CapturedStream Capture() => new CapturedValue(_range, _codec!, _pool!, _value);

    protected override Materialized<T> Advance(EvaluationScope scope)
    {
        scope.KeepText<T>(); // The value outlives the batches that it was made of.
        var (left, entered) = _range.Changes(scope, this, _history, ref _first);
        _value = scope.RunTargets(
            this,
            1,
            null,
            (Node: this, left, entered),
            static (_, change) => change.Node.Apply(change.left, change.entered),
            static (_, change) => change.Node.Apply(change.left, change.entered))[0];
        return new Materialized<T>([_value.TryGetValue(out var value) ? new ArrayBlock<T>([value], 1, pool: null) : new ArrayBlock<T>([], 0, pool: null)]);
    }

    private Option<T> Apply(KeptBatch<T>[] left, KeptBatch<T>[] entered)
    {
        var (old, added) = (Reduce(left), Reduce(entered));
        var value = _value;
        if (value.TryGetValue(out var before) && old.TryGetValue(out var removed))
        {
            value = new Option<T>(_remove(before, removed));
        }

        return added.TryGetValue(out var next) ? new Option<T>(value.TryGetValue(out var rest) ? _add(rest, next) : next) : value;
    }

    private Option<T> Reduce(KeptBatch<T>[] batches)
    {
        var value = default(Option<T>);
        foreach (var block in batches.SelectMany(static batch => batch.Blocks))
        {
            foreach (var record in block.Records)
            {
                value = new Option<T>(value.TryGetValue(out var before) ? _add(before, record) : record);
            }
        }

        return value;
    }

    private sealed class CapturedValue(WindowRange range, RecordCodec<T> codec, BlockPool pool, Option<T> value) : CapturedStream
    {
        public override SavedStream Write(Func<ReadOnlySpan<byte>, CheckpointFile> write)
        {
            return range.Join(new SavedStream([], RecordBytes.Of(pool, (ref RecordWriter writer) =>
            {
                if (writer.WritePresence(value.HasValue))
                {
                    SchemaFormat.Write(ref writer, codec.Schema);
                    codec.WriteAll(ref writer, [value.Value]);
                }
            })), new SavedStream([], default), pool);
        }

        public override void Dispose()
        {
        }
    }
}
