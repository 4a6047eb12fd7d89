using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Windows;

namespace CodegenStreaming.Batches;

/// <summary>The streams' graph as <c>Define</c> builds it: inputs, operators, outputs in the order of their definition.</summary>
internal sealed class StreamGraph(BatchGrid grid)
{
    private readonly List<DatasetNode> _nodes = [];
    private readonly List<InputStream> _inputs = [];
    private readonly List<OutputOperation> _outputs = [];
    private readonly List<BatchKeeper> _keepers = [];

    public BatchGrid Grid => grid;

    /// <summary>What batches leave behind for later ones.</summary>
    public IReadOnlyList<BatchKeeper> Keepers => _keepers;

    /// <summary>The pipeline whose <c>Define</c> is running.</summary>
    public IPipelineLoops? Defining { get; set; }

    public IReadOnlyList<DatasetNode> Nodes => _nodes;

    public IReadOnlyList<InputStream> Inputs => _inputs;

    public IReadOnlyList<OutputOperation> Outputs => _outputs;

    public void AddInput(InputStream input)
    {
        input.StreamId = _inputs.Count;
        _inputs.Add(input);
        Add(input.Node);
    }

    public void Add(DatasetNode node)
    {
        foreach (var parent in node.Parents)
        {
            if (parent.Id < 0)
            {
                Add(parent);
            }

            if (parent.IsImplied)
            {
                parent.Called = node.Called;
            }

            parent.AddConsumer();
        }

        if (!node.HasOwnSlide && node.Parents.Count > 0)
        {
            node.Slide = CommonSlide(node);
        }

        if (node is IKeptStream kept)
        {
            _keepers.Add(kept.Keeper);
        }

        node.Id = _nodes.Count;
        node.Pipeline = Defining ?? (node.Parents.Count > 0 ? node.Parents[0].Pipeline : null);
        _nodes.Add(node);
    }

    /// <summary>The results of a stream's latest batches, for a window over it. The stream is computed once a batch from now on.</summary>
    /// <param name="node">The stream.</param>
    /// <param name="division">How its records are divided and written, where that is known beforehand.</param>
    public BatchHistory<T> HistoryOf<T>(DatasetNode<T> node, HistoryDivision<T>? division = null)
    {
        if (_keepers.OfType<BatchHistory<T>>().FirstOrDefault(history => history.Node == node) is { } known)
        {
            return known;
        }

        var history = new BatchHistory<T>(node, division);
        node.MarkShared();
        _keepers.Add(history);
        return history;
    }

    /// <summary>What batches leave behind that a later one may need: all of it where data sets are remembered, since anybody may ask for them.</summary>
    public IReadOnlyList<BatchKeeper> KeepersRead(bool isRemembering)
    {
        var read = isRemembering ? null : ReadByOutputs();
        return [.. _keepers.Where(keeper => read?.Contains(keeper.Node) ?? true)];
    }

    /// <summary>The operators that an output reads, directly or not.</summary>
    private HashSet<DatasetNode> ReadByOutputs()
    {
        var read = new HashSet<DatasetNode>();
        var next = new Stack<DatasetNode>(_outputs.Select(output => output.Node));
        while (next.TryPop(out var node))
        {
            if (read.Add(node))
            {
                foreach (var parent in node.Parents)
                {
                    next.Push(parent);
                }
            }
        }

        return read;
    }

    public OutputOperation AddOutput(OutputOperation output)
    {
        output.Id = _outputs.Count;
        output.Pipeline = Defining ?? output.Node.Pipeline;
        output.Node.AddConsumer();
        _outputs.Add(output);
        return output;
    }

    private int CommonSlide(DatasetNode node)
    {
        var slide = node.Parents[0].Slide;
        return node.Parents.FirstOrDefault(parent => parent.Slide != slide) is not { } other
            ? slide
            : throw new ArgumentException(
                $"{node.OperatorName} brings streams together that have data sets at different times: {node.Parents[0].Describe()} every "
                + $"{grid.DurationOf(slide)}, {other.Describe()} every {grid.DurationOf(other.Slide)}. Give their windows the same slide.");
    }
}
