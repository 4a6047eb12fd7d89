using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Batches;

/// <summary>The streams' graph as <c>Define</c> builds it: inputs, operators, outputs in the order of their definition.</summary>
internal sealed class StreamGraph
{
    private readonly List<DatasetNode> _nodes = [];
    private readonly List<InputStream> _inputs = [];
    private readonly List<OutputOperation> _outputs = [];

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

            parent.AddConsumer();
        }

        node.Id = _nodes.Count;
        node.Pipeline = Defining ?? (node.Parents.Count > 0 ? node.Parents[0].Pipeline : null);
        _nodes.Add(node);
    }

    public OutputOperation AddOutput(OutputOperation output)
    {
        output.Id = _outputs.Count;
        output.Pipeline = Defining ?? output.Node.Pipeline;
        output.Node.AddConsumer();
        _outputs.Add(output);
        return output;
    }
}
