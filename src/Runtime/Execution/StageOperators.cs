namespace CodegenStreaming.Execution;

/// <summary>What the tasks of a stage compute.</summary>
internal static class StageOperators
{
    /// <summary>The stage's end and the operators before it, back to what lies in memory.</summary>
    public static IReadOnlyList<StageEnd> Of(EvaluationScope scope, StageEnd end, Route? chain)
    {
        var operators = new List<StageEnd> { end };
        if (chain is not null && !(chain.EndsChain && chain.Last.IsMaterialized))
        {
            Add(scope, chain.Last, operators);
        }

        return operators;
    }

    private static void Add(EvaluationScope scope, DatasetNode node, List<StageEnd> operators)
    {
        if (!operators.Contains(node.End))
        {
            operators.Add(node.End);
        }

        foreach (var parent in node.ComputedFrom(scope).Where(parent => !parent.IsMaterialized))
        {
            Add(scope, parent, operators);
        }
    }
}
