using System.ComponentModel;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;

namespace CodegenStreaming;

/// <summary>
/// One batch's data set: partitions, computed when an action asks for them, and recomputed for each action. What a stream hands over is computed
/// once. Valid until its batch is over. Thread-safe.
/// </summary>
/// <typeparam name="T">The record type.</typeparam>
public sealed partial class Rdd<T>
{
    private readonly IPipelineLoops? _pipeline;
    private readonly CallSite? _actionSite;

    internal Rdd(EvaluationScope scope, DatasetNode<T> node, IPipelineLoops? pipeline, CallSite? actionSite = null)
    {
        Scope = scope;
        Node = node;
        _pipeline = pipeline;
        _actionSite = actionSite;
    }

    /// <summary>The number of partitions. Computes the exchanges that it depends on.</summary>
    public int PartitionCount
    {
        get
        {
            Node.Prepare(Scope);
            return Node.PartitionCount(Scope);
        }
    }

    internal EvaluationScope Scope { get; }

    internal DatasetNode<T> Node { get; }

    /// <summary>For generated code: the call site of the operator that made the data set.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Rdd<T> At(CallSite site)
    {
        Node.Site = site;
        return this;
    }

    /// <summary>For generated code: the same data set, for an action called at a site.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Rdd<T> ForAction(CallSite site) => new(Scope, Node, _pipeline, site);

    internal Rdd<TOut> Derive<TOut>(DatasetNode<TOut> node)
    {
        foreach (var parent in node.Parents)
        {
            if (parent.IsImplied)
            {
                parent.Pipeline = _pipeline;
            }
        }

        node.Pipeline = _pipeline;
        return new Rdd<TOut>(Scope, node, _pipeline);
    }

    /// <summary>Refuses a data set of another batch.</summary>
    internal void CheckSame<TOther>(Rdd<TOther> other, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(other))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(other, name);
        if (other.Scope != Scope)
        {
            throw new ArgumentException("The data sets belong to different batches.", name);
        }
    }

    /// <summary>Computes what the chain depends on and plans the chain that ends with an action.</summary>
    private Route<T> PlanAction(params Delegate[] functions)
    {
        Node.Prepare(Scope);
        return Scope.Planner.PlanEnd(Node, _actionSite, _pipeline, null, functions);
    }
}
