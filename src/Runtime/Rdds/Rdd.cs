using System.ComponentModel;
using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CallSite = CodegenStreaming.CompilerServices.CallSite;

namespace CodegenStreaming;

/// <summary>
/// A data set: partitions, computed when an action asks for them, and recomputed for each action. One of a batch is valid until its batch is over, and
/// what a stream hands over is computed once. One of an engine context (<c>engine.Parallelize</c>) is valid as long as that, and may be used in batches
/// too. Thread-safe.
/// </summary>
/// <typeparam name="T">The record type.</typeparam>
public sealed partial class Rdd<T>
{
    private readonly IPipelineLoops? _pipeline;
    private readonly CallSite? _actionSite;
    private readonly EvaluationScope? _batch;
    private readonly EngineContext? _engine;
    private readonly Rdd<T>? _called; // The data set that the user holds, where this one stands for it in a call.
    private DatasetNode<T> _node;

    internal Rdd(EvaluationScope batch, DatasetNode<T> node, IPipelineLoops? pipeline, CallSite? actionSite = null)
        : this(batch, null, node, pipeline, actionSite)
    {
    }

    /// <summary>A data set outside batches.</summary>
    internal Rdd(EngineContext engine, DatasetNode<T> node)
        : this(null, engine, node, null, null)
    {
    }

    private Rdd(Rdd<T> called, CallSite actionSite)
        : this(called._batch, called._engine, called.Node, called._pipeline, actionSite)
    {
        _called = called.Called;
    }

    private Rdd(EvaluationScope? batch, EngineContext? engine, DatasetNode<T> node, IPipelineLoops? pipeline, CallSite? actionSite)
    {
        _batch = batch;
        _engine = engine;
        _node = node;
        _pipeline = pipeline;
        _actionSite = actionSite;
    }

    /// <summary>The number of partitions. Computes the exchanges that it depends on.</summary>
    public int PartitionCount
    {
        get
        {
            using var evaluation = Evaluate();
            Node.Prepare(evaluation.Scope);
            return Node.PartitionCount(evaluation.Scope);
        }
    }

    internal DatasetNode<T> Node => Volatile.Read(ref Called._node);

    private Rdd<T> Called => _called ?? this;

    /// <summary>Whether it belongs to an engine context, and to no batch.</summary>
    internal bool IsOf(EngineContext engine) => _batch is null && _engine == engine;

    /// <summary>For generated code: the call site of the operator that made the data set.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Rdd<T> At(CallSite site)
    {
        Node.Site = site;
        return this;
    }

    /// <summary>For generated code: the same data set, for an action called at a site.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Rdd<T> ForAction(CallSite site) => new(this, site);

    internal Rdd<TOut> Derive<TOut>(DatasetNode<TOut> node) => Derive(node, _batch);

    /// <summary>A data set made of this one and of another, which may bring its batch into it.</summary>
    internal Rdd<TOut> DeriveWith<TOther, TOut>(
        Rdd<TOther> other, DatasetNode<TOut> node, [CallerArgumentExpression(nameof(other))] string? name = null)
    {
        if (_batch is not null && other._batch is not null && _batch != other._batch)
        {
            throw new ArgumentException("The data sets belong to different batches.", name);
        }

        return _engine is not null && other._engine is not null && _engine != other._engine
            ? throw new ArgumentException("The data sets belong to different engine contexts.", name)
            : Derive(node, _batch ?? other._batch);
    }

    /// <summary>Where an action computes: in the batch, or in a scope of its own.</summary>
    internal Evaluation Evaluate()
    {
        _batch?.CountAction();
        return _batch is not null
            ? Evaluation.In(_batch)
            : new Evaluation(NewScope(), isOwn: true);
    }

    /// <summary>A scope of an action's own.</summary>
    private EvaluationScope NewScope()
    {
        var engine = OpenEngine();
        return new EvaluationScope(engine.Services, null, engine.ActionCancellation);
    }

    private EngineContext OpenEngine()
    {
        ObjectDisposedException.ThrowIf(_engine!.IsDisposed, _engine);
        return _engine;
    }

    private Rdd<TOut> Derive<TOut>(DatasetNode<TOut> node, EvaluationScope? batch)
    {
        foreach (var parent in node.Parents)
        {
            if (parent.IsImplied)
            {
                (parent.Pipeline, parent.Called) = (_pipeline, node);
            }
        }

        node.Pipeline = _pipeline;
        return new Rdd<TOut>(batch, batch is null ? _engine : null, node, _pipeline, null);
    }

    /// <summary>Computes what the chain depends on and plans the chain that ends with an action.</summary>
    private Route<T> PlanAction(EvaluationScope scope, params Delegate[] functions)
    {
        Node.Prepare(scope);
        return scope.Planner.PlanEnd(Node, _actionSite, _pipeline, null, functions);
    }
}

/// <summary>The scope in which an action computes: ended with the action where it is the action's own, otherwise not ended before the action is.</summary>
internal readonly struct Evaluation(EvaluationScope scope, bool isOwn) : IDisposable
{
    public EvaluationScope Scope => scope;

    public void Dispose()
    {
        if (isOwn)
        {
            scope.Dispose();
        }
        else
        {
            scope.Exit();
        }
    }

    /// <summary>Keeps a scope from ending meanwhile.</summary>
    public static Evaluation In(EvaluationScope scope)
    {
        scope.Enter();
        return new Evaluation(scope, isOwn: false);
    }
}
