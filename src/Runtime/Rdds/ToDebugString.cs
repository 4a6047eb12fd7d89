using CodegenStreaming.Execution;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>
    /// What the data set is made of, for the eye: one operator a line with the place of its call where that is known, below it what it is made of. What lies
    /// before an exchange is indented, behind the number of its partitions; behind what is persisted stand its level and what is kept of it. Computes nothing.
    /// </summary>
    public string ToDebugString()
    {
        using var evaluation = Evaluate();
        return Lineage.Describe(Node, evaluation.Scope);
    }
}
