using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Gathers each partition into one array.</summary>
    public DStream<T[]> Glom() => Derive(NarrowOperators.Glom(Node));
}
