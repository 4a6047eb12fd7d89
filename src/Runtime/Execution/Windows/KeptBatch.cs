using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>A stream's result of one batch, kept beyond it. Thread-safe.</summary>
internal sealed class KeptBatch<T>(DatasetNode<T> node, IReadOnlySet<DatasetNode> sources, long number, EvaluationScope? scope)
{
    private readonly Lock _lock = new();

    /// <summary>The batch, until its result is kept; null for one that was restored.</summary>
    private EvaluationScope? _scope = scope;
    private Materialized<T>? _result;

    /// <summary>One that a checkpoint has.</summary>
    /// <param name="node">The stream.</param>
    /// <param name="number">The batch.</param>
    /// <param name="blocks">Its partitions; the batch takes them over.</param>
    /// <param name="partitioner">What decides the partition of each pair, where equal keys are together.</param>
    public KeptBatch(DatasetNode<T> node, long number, Block<T>[] blocks, object? partitioner)
        : this(node, EmptySources, number, null) => (_result, Partitioner) = (new Materialized<T>(blocks), partitioner);

    private static IReadOnlySet<DatasetNode> EmptySources => System.Collections.Frozen.FrozenSet<DatasetNode>.Empty;

    public long Number => number;

    /// <summary>The partitions. Valid after <see cref="Capture"/>.</summary>
    public Block<T>[] Blocks => (_result ?? throw IsOver()).Blocks;

    /// <summary>What decided the partition of each pair, where equal keys are together.</summary>
    public object? Partitioner { get; private set; }

    /// <summary>The text that records refer to.</summary>
    public IReadOnlyCollection<Utf8TextBlock> Texts { get; private set; } = [];

    /// <summary>Computes the result, unless that is done, and lets the batch go.</summary>
    public void Capture()
    {
        lock (_lock)
        {
            if (_result is not null)
            {
                return;
            }

            var batch = _scope ?? throw IsOver();
            var result = batch.Materialize(node);
            var blocks = new Block<T>[result.Count];
            for (var partition = 0; partition < blocks.Length; partition++)
            {
                blocks[partition] = result.Read(batch, node, partition);
                blocks[partition].Retain();
            }

            Partitioner = node.PartitionerOf(batch);
            if (TextContent.IsIn(typeof(T)))
            {
                Texts = batch.RetainTexts(sources);
            }

            _result = new Materialized<T>(blocks);
            _scope = null;
            batch.Exit();
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _result?.Release(keepText: false);
            foreach (var text in Texts)
            {
                text.Release();
            }

            _scope?.Exit();
            (_result, _scope, Texts) = (null, null, []);
        }
    }

    private ObjectDisposedException IsOver() => new("Rdd", $"The context has stopped: batches of {node.Describe()} are no longer kept.");
}
