using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>Plans every chain of the streams' graph at the start, and describes what came of it.</summary>
internal static class StreamPlanning
{
    // They only pass records or whole data sets on: there is nothing of them to fuse.
    private static readonly string[] PassOn = ["Window", "Union", "Transform", "TransformWith", "ForeachRdd"];

    public static void PlanAll(StreamGraph graph, Planner planner)
    {
        foreach (var site in graph.Nodes.Select(node => node.Site).Concat(graph.Outputs.Select(output => output.Site)).OfType<CallSite>())
        {
            planner.Report.Reached(site);
        }

        foreach (var node in graph.Nodes.Where(node => node.IsMaterialized))
        {
            node.Plan(planner);
        }

        foreach (var output in graph.Outputs)
        {
            output.Plan(planner);
        }
    }

    public static StreamingPlan Describe(StreamGraph graph, Planner planner)
    {
        var bound = planner.Report.BoundSites.ToHashSet();
        var nothingToFuse = graph.Outputs.Where(output => output.Functions.Length == 0 && output.Node.IsMaterialized).Select(output => output.Site);
        var reasons = planner.Report.UnboundSites;
        var unbound = planner.Report.ReachedSites
            .Where(site => reasons.ContainsKey(site) || !(bound.Contains(site) || PassOn.Contains(site.OperatorName)))
            .Except(nothingToFuse.OfType<CallSite>())
            .Except(graph.Inputs.Select(input => input.Node.Site).OfType<CallSite>()); // Sources: their records are where loops begin.
        return new StreamingPlan(
            [.. graph.Nodes.Select(node => Operator(graph, node, bound)), .. graph.Outputs.Select(output => Output(output, bound))],
            [.. InSourceOrder(bound).Select(site => Site(site, null))],
            [.. InSourceOrder(unbound).Select(site => Site(site, reasons.GetValueOrDefault(site) ?? Reason(planner)))]);
    }

    public static void Log(StreamingPlan plan, ILogger logger)
    {
        logger.Planned(plan.BoundSites.Count, plan.UnboundSites.Count);
        foreach (var site in plan.BoundSites)
        {
            logger.SiteBound(site.ToString());
        }

        foreach (var site in plan.UnboundSites)
        {
            logger.SiteUnbound((site with { Reason = null }).ToString(), site.Reason!);
        }
    }

    private static string Reason(Planner planner) => planner.UsesLoops
        ? "no generated loop fits the graph here; the build's CGS diagnostics say more"
        : "generated loops are switched off (UseGeneratedLoops)";

    private static IEnumerable<CallSite> InSourceOrder(IEnumerable<CallSite> sites) =>
        sites.OrderBy(site => site.Table.Key, StringComparer.Ordinal).ThenBy(site => site.Number);

    private static PlannedSite Site(CallSite site, string? reason) => new(site.OperatorName, site.File, site.Line, site.Text, reason);

    private static PlannedOperator Operator(StreamGraph graph, DatasetNode node, HashSet<CallSite> bound) => new(
        node.Id,
        graph.Inputs.FirstOrDefault(input => input.Node == node)?.DisplayName ?? node.OperatorName,
        node.Name,
        [.. node.Parents.Select(parent => parent.Id)],
        IsOutput: false,
        node.Site is { } site && bound.Contains(site),
        node.IsMaterialized,
        node.Site?.File,
        node.Site?.Line);

    private static PlannedOperator Output(OutputOperation output, HashSet<CallSite> bound) => new(
        output.Id,
        output.OperatorName,
        output.Name,
        [output.Node.Id],
        IsOutput: true,
        output.Site is { } site && bound.Contains(site),
        IsKept: false,
        output.Site?.File,
        output.Site?.Line);
}
