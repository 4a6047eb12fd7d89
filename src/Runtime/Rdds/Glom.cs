using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>Gathers each partition into one array.</summary>
    public Rdd<T[]> Glom() => Derive(NarrowOperators.Glom(Node));
}
