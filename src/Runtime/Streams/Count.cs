using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>The number of records of each batch: one zero for an empty batch.</summary>
    public DStream<long> Count() => Derive(new CountNode<T>(Node));
}
