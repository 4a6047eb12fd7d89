using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>How often each value occurs: an action, as in Spark.</summary>
    public IReadOnlyList<(T Value, long Count)> CountByValue()
    {
        var counts = CombineByKey.CountByValue(Node, null);
        counts.Site = _actionSite;
        return Derive<(T Value, long Count)>(counts).Collect();
    }
}
