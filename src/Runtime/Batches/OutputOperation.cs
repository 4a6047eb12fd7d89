using System.ComponentModel;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;

namespace CodegenStreaming;

/// <summary>An output of a stream: what makes its batches run. Returned by the output methods, so that it can be named.</summary>
public sealed class OutputOperation
{
    private Route? _route;
    private bool? _runsLast;

    internal OutputOperation(string operatorName, DatasetNode node, Delegate[] functions, Action<OutputOperation, EvaluationScope> run)
    {
        (OperatorName, Node, Functions, Run) = (operatorName, node, functions, run);
    }

    /// <summary>The method that made it, such as <c>Print</c>.</summary>
    public string OperatorName { get; }

    /// <summary>The name given by <see cref="Named"/>, or null.</summary>
    public string? Name { get; private set; }

    /// <summary>Its number: outputs run in this order.</summary>
    public int Id { get; internal set; }

    internal DatasetNode Node { get; }

    internal Delegate[] Functions { get; }

    /// <summary>True where it puts out what is left of a batch when all else of it is done.</summary>
    internal bool RunsLast => _runsLast ??= Node.Leaves().Any(static leaf => leaf.IsLeftOver);

    internal CallSite? Site { get; private set; }

    internal IPipelineLoops? Pipeline { get; set; }

    /// <summary>Runs the output for one batch, on a job thread.</summary>
    internal Action<OutputOperation, EvaluationScope> Run { get; set; }

    /// <summary>Refuses, when the context starts, what could only fail in every batch; null where there is nothing such.</summary>
    internal Action<OutputOperation, EngineServices>? CheckStart { get; init; }

    /// <summary>Gives the output a name for logs, metrics and error messages.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The same output.</returns>
    public OutputOperation Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        return this;
    }

    /// <summary>For generated code: the call site.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public OutputOperation At(CallSite site)
    {
        Site = site;
        return this;
    }

    /// <summary>The chain that ends with this output.</summary>
    internal Route<T> PlanRoute<T>(EvaluationScope scope, DatasetNode<T> node) => (Route<T>)(_route ??= PlanEnd(node, scope.Planner));

    /// <summary>Plans that chain, back to what lies in memory. Called once, at the start.</summary>
    internal void Plan(Planner planner) => planner.PlanBefore(_route ??= PlanEnd(Node, planner));

    /// <summary>The output as failures name it.</summary>
    internal StageEnd End => field ??= new StageEnd(OperatorName, Site, Name: Name);

    private Route PlanEnd(DatasetNode node, Planner planner) => node.PlanEnd(planner, Site, Pipeline, Functions);
}
