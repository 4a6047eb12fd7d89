using System.Text;
using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Conformance;

/// <summary>An input of lines in pooled blocks of text, as a socket's are: they are overwritten when their batch is over.</summary>
internal sealed class GivenText : InputStream
{
    private readonly InputNode<Utf8Slice> _node = new("GivenText");
    private string[] _lines = [];

    public override string Name => "Given text";

    public override DatasetNode Node => _node;

    public override bool HasPending => false;

    public DStream<Utf8Slice> AddTo(StreamingContext streaming) => streaming.AddInput(this, _node);

    /// <summary>The lines of the next batch, as one block.</summary>
    public void Give(params string[] lines) => _lines = lines;

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        if (_lines.Length == 0)
        {
            return new InputAllocation(0, 0);
        }

        var buffer = new Utf8LineBuffer(scope.Pool);
        foreach (var line in _lines)
        {
            buffer.WriteLine(Encoding.UTF8.GetBytes(line));
        }

        scope.SetInput(_node, [buffer.ToBlock()]);
        var count = _lines.Length;
        _lines = [];
        return new InputAllocation(count, 1);
    }
}
