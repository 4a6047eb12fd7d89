using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Benchmarks.Engine;

/// <summary>Gives every batch the same file, as if it had just appeared in the directory of a <c>Utf8FileStream</c>; tasks read it the same way.</summary>
internal sealed class TextFileInput : InputStream
{
    private readonly Lazy<string> _path;
    private readonly FileNode<Utf8Slice> _node;

    public TextFileInput(Lazy<string> path)
    {
        _path = path;
        _node = new FileNode<Utf8Slice>(
            "Utf8FileStream",
            new TextFileReading<Utf8Slice>(static pool => new Utf8LineBuffer(pool), static (path, exception) => throw new IOException($"{path} can't be read.", exception)));
    }

    public override string Name => "File";

    public override DatasetNode Node => _node;

    public override bool HasPending => false;

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        _node.SetFiles(scope, [_path.Value]);
        return new InputAllocation(0, 1);
    }

    public DStream<Utf8Slice> AddTo(StreamingContext streaming)
    {
        streaming.Graph.AddInput(this);
        return new DStream<Utf8Slice>(streaming, _node);
    }
}
