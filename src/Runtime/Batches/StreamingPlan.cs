using System.Globalization;
using System.Text;

namespace CodegenStreaming;

/// <summary>
/// How a context's streams run: the operators, and which of the user's calls run inside generated loops. A snapshot: chains that a pipeline builds
/// inside <c>Transform</c> and <c>ForeachRdd</c> are planned, and reported, when they first run.
/// </summary>
public sealed class StreamingPlan
{
    internal StreamingPlan(IReadOnlyList<PlannedOperator> operators, IReadOnlyList<PlannedSite> boundSites, IReadOnlyList<PlannedSite> unboundSites)
    {
        (Operators, BoundSites, UnboundSites) = (operators, boundSites, unboundSites);
    }

    /// <summary>The streams' operators and, after them, the outputs.</summary>
    public IReadOnlyList<PlannedOperator> Operators { get; }

    /// <summary>The calls that run inside generated loops.</summary>
    public IReadOnlyList<PlannedSite> BoundSites { get; }

    /// <summary>The calls that were reached and run operator by operator instead, each with the reason.</summary>
    public IReadOnlyList<PlannedSite> UnboundSites { get; }

    /// <summary>The plan as text, one operator a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Plan: {BoundSites.Count} call(s) in generated loops, {UnboundSites.Count} not");
        foreach (var planned in Operators)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {planned}");
        }

        if (UnboundSites.Count > 0)
        {
            text.AppendLine("Not in a generated loop:");
            foreach (var site in UnboundSites)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {site}");
            }
        }

        return text.ToString();
    }
}
