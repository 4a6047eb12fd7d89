using CodegenStreaming.Batches;
using CodegenStreaming.Execution;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    private DStream<T> AddInput<T>(InputStream input, DatasetNode<T> node)
    {
        _graph.AddInput(input);
        return new DStream<T>(this, node);
    }
}
