using System.Collections.Concurrent;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming.Execution;

/// <summary>
/// Binds generated loops to runs of operators. A loop is bound only if the graph that really exists is exactly its run of call sites: each operator
/// the only reader of the one before it, nothing kept between. Thread-safe: jobs plan what they build inside a batch. There the same chain comes in
/// every batch, so the loop that was bound last at a site is bound again, with what it has laid by, if it would be made of the same functions.
/// </summary>
internal sealed class Planner(bool useLoops, PlanReport report)
{
    private readonly ConcurrentDictionary<CallSite, BoundLoop> _loops = new();

    public PlanReport Report => report;

    public bool UsesLoops => useLoops;

    /// <summary>The run that ends at a node.</summary>
    public Route<T> Plan<T>(DatasetNode<T> node)
    {
        var bound = node.Site is { } site ? Bind(site, node.Pipeline, node, node.Functions, node.Parents) : null;
        return new Route<T>(node, (FusedLoop<T>?)bound?.Loop, bound?.Source, endsChain: false);
    }

    /// <summary>The run that ends with the operator after a node: a wide operator's map side, an action, an output.</summary>
    public Route<T> PlanEnd<T>(DatasetNode<T> node, CallSite? site, IPipelineLoops? pipeline, DatasetNode? end, Delegate[] functions)
    {
        var bound = site is null ? null : Bind(site, pipeline, end, functions, [node]);
        return new Route<T>(node, (FusedLoop<T>?)bound?.Loop, bound?.Source, endsChain: true);
    }

    /// <summary>Plans what a route reads, as far as it is computed with it and does not lie in memory.</summary>
    public void PlanBefore(Route route)
    {
        IReadOnlyList<DatasetNode> read = route switch
        {
            { LoopSource: { } source } => [source],
            { EndsChain: true } => [route.Last],
            _ => route.Last.Parents,
        };
        foreach (var node in read)
        {
            if (!node.IsKept)
            {
                node.Plan(this);
            }
        }
    }

    private Binding? Bind(CallSite site, IPipelineLoops? pipeline, DatasetNode? last, Delegate[] functions, IReadOnlyList<DatasetNode> parents)
    {
        report.Reached(site);
        if (!useLoops)
        {
            return null;
        }

        var instance = pipeline is not null && pipeline.Loops.Key == site.Table.Key ? pipeline : null;
        var table = instance?.Loops ?? site.Table.Loops;
        if (table is null)
        {
            report.Unbound(site, "the loops belong to an instance of a pipeline that is not the one being defined");
            return null;
        }

        if (table.EndingAt(site.Number) is not { } entry)
        {
            return null; // Not the end of a run: the operator belongs to a longer one, or was refused at build time.
        }

        if (entry.NeedsPipeline && instance is null)
        {
            report.Unbound(site, "its functions use a pipeline instance that is not the one being defined");
            return null;
        }

        var all = new List<Delegate[]> { functions };
        var first = last;
        for (var index = entry.Sites.Count - 2; index >= 0; index--)
        {
            var previous = SkipImplied(parents);
            if (previous is null || previous.Site?.Table != site.Table || previous.Site.Number != entry.Sites[index] || previous.Pipeline != pipeline)
            {
                report.Unbound(site, "the graph differs from the chain as written");
                return null;
            }

            if (previous.IsKept)
            {
                report.Unbound(site, $"{previous.Describe()} {(previous.Level == StorageLevel.None ? "has several readers" : "is persisted")}");
                return null;
            }

            all.Insert(0, previous.Functions);
            first = previous;
            parents = previous.Parents;
        }

        var source = SkipImplied(parents);
        if (source is null)
        {
            report.Unbound(site, $"{first?.Describe() ?? site.OperatorName} has several parents");
            return null;
        }

        if (_loops.TryGetValue(site, out var known) && known.IsOf(instance, all))
        {
            return new Binding(known.Loop, source);
        }

        // A helper method called on another instance of the same class: its functions use that instance, not the one being defined.
        if (entry.NeedsPipeline && all.SelectMany(group => group).Any(function => function.Target?.GetType() == instance!.GetType() && function.Target != instance))
        {
            report.Unbound(site, "its functions use another instance of the pipeline class");
            return null;
        }

        report.Bound(entry.Sites.Select(number => site.Table[number]));
        Delegate[] flat = [.. all.SelectMany(group => group)];
        var loop = entry.Create(instance, flat);
        _loops[site] = new BoundLoop(loop, instance, flat);
        return new Binding(loop, source);
    }

    /// <summary>The single parent, past helper nodes that belong to the operator after them.</summary>
    private static DatasetNode? SkipImplied(IReadOnlyList<DatasetNode> parents)
    {
        while (parents is [{ IsImplied: true } implied])
        {
            parents = implied.Parents;
        }

        return parents is [var single] ? single : null;
    }

    private sealed record Binding(FusedLoop Loop, DatasetNode Source);

    /// <summary>A loop, and what it was made of.</summary>
    private sealed record BoundLoop(FusedLoop Loop, IPipelineLoops? Instance, Delegate[] Functions)
    {
        /// <summary>Delegates are equal when method and target are: a function that captures values of its batch is another one each time.</summary>
        public bool IsOf(IPipelineLoops? instance, List<Delegate[]> groups)
        {
            var next = 0;
            foreach (var group in groups)
            {
                foreach (var function in group)
                {
                    if (next == Functions.Length || !AreEqual(Functions[next++], function))
                    {
                        return false;
                    }
                }
            }

            return next == Functions.Length && Instance == instance;
        }

        private static bool AreEqual(Delegate left, Delegate right) => left.Equals(right) || (left.Target is FirstValue first && first.Equals(right.Target));
    }
}
