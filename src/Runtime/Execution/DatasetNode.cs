using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>
/// One operator of a graph: of the streams' graph, made once by <c>Define</c> and evaluated in every batch, or of a data set made inside a batch.
/// Immutable but for what the definition phase annotates.
/// </summary>
internal abstract class DatasetNode(string operatorName, IReadOnlyList<DatasetNode> parents, Delegate[] functions)
{
    private int _consumers;
    private bool _isShared;
    private StorageLevel _level;
    private StageEnd? _end;

    /// <summary>The operator's name as the user wrote it.</summary>
    public string OperatorName { get; } = operatorName;

    public IReadOnlyList<DatasetNode> Parents { get; } = parents;

    /// <summary>The user's functions, in the order of the operator's parameters.</summary>
    public Delegate[] Functions { get; } = functions;

    /// <summary>The operator id: the position in the run-time graph; -1 for an operator made inside a batch.</summary>
    public int Id
    {
        get;
        set => (field, _end) = (value, null);
    } = -1;

    /// <summary>The user's name for it.</summary>
    public string? Name
    {
        get;
        set => (field, _end) = (value, null);
    }

    /// <summary>Where the user called it, in an annotated class.</summary>
    public CallSite? Site
    {
        get;
        set => (field, _end) = (value, null);
    }

    /// <summary>The operator as the end of a stage.</summary>
    public StageEnd End => Called == this ? _end ??= new StageEnd(OperatorName, Site, Id, Name) : Called.End;

    /// <summary>A stream's slide, in batches: it has a data set in each so many-th batch.</summary>
    public int Slide { get; set; } = 1;

    /// <summary>True for an operator that decides its slide; all others have that of their parents.</summary>
    public virtual bool HasOwnSlide => false;

    /// <summary>How often the user wants its state to be saved; null where that was not said.</summary>
    public TimeSpan? CheckpointInterval { get; set; }

    /// <summary>The pipeline whose definition made it.</summary>
    public IPipelineLoops? Pipeline { get; set; }

    /// <summary>True for a helper node that belongs to the operator after it and has no call site of its own.</summary>
    public bool IsImplied { get; init; }

    /// <summary>The operator that the user called: this one, or the one that a helper node belongs to.</summary>
    public DatasetNode Called
    {
        get => field?.Called ?? this;
        set;
    }

    /// <summary>True where the result is computed once per batch into blocks: inputs, exchanges, streams with several readers.</summary>
    public virtual bool IsMaterialized => _isShared;

    /// <summary>True where the result lies somewhere and is not computed with what reads it: no loop goes across it.</summary>
    public abstract bool IsKept { get; }

    /// <summary>True where the result is what other operators have left over of the batch.</summary>
    public virtual bool IsLeftOver => false;

    /// <summary>True where the result depends on a state that no data set has any more: it must be saved.</summary>
    public virtual bool IsStateful => false;

    /// <summary>True where a partition that was lost can be computed again; false for what came from outside and comes once.</summary>
    public virtual bool CanBeRecomputed => true;

    /// <summary>The level at which the user has it kept.</summary>
    public virtual StorageLevel Level => _level;

    /// <summary>Registers a reader in the streams' graph; a second one makes the stream shared.</summary>
    public void AddConsumer() => _isShared |= ++_consumers > 1;

    /// <summary>The result is handed to user code, which may read it any number of times.</summary>
    public void MarkShared() => _isShared = true;

    /// <summary>A stream's data sets are kept for their batch, whoever reads them.</summary>
    public void MarkPersisted(StorageLevel level)
    {
        StorageLevels.CheckUnchanged(_level, level, Describe());
        _level = level;
        MarkShared();
    }

    /// <summary>
    /// What decided the partition of each pair, where equal keys are known to be in one partition; null where they are not. Valid after
    /// <see cref="Prepare"/>.
    /// </summary>
    public virtual object? PartitionerOf(EvaluationScope scope) => null;

    /// <summary>The number of partitions as far as it can be said without computing anything; for display.</summary>
    public virtual int PlannedPartitionCount(EvaluationScope scope) => scope.KnownPartitionCount(this) ?? DeclaredPartitionCount(scope);

    /// <summary>What the operator is made of in a scope; for display.</summary>
    public virtual IReadOnlyList<DatasetNode> LineageOf(EvaluationScope scope) => Parents;

    /// <summary>Whether an exchange lies between the operator and one of those that it is made of.</summary>
    public virtual bool ExchangesParent(EvaluationScope scope, int index) => false;

    /// <summary>What is kept of it beyond one scope; null for a node that is not persisted.</summary>
    public abstract (int Partitions, long MemoryBytes, long DiskBytes)? KeptPartitions { get; }

    /// <summary>Where its records lie outside the engine, and it is computed no more; for display.</summary>
    public virtual string? Place => null;

    /// <summary>Computes what must be computed before a scope's result: the earlier batches of a stream with state. On a job thread.</summary>
    public virtual void CatchUp(EvaluationScope scope)
    {
    }

    /// <summary>Computes what has to lie in memory before a task over this node can run. On a job thread, never inside a task.</summary>
    public abstract void Prepare(EvaluationScope scope);

    /// <summary>The number of partitions; valid after <see cref="Prepare"/>.</summary>
    public abstract int PartitionCount(EvaluationScope scope);

    /// <summary>True when a partition is known to be empty, without a task. Valid after <see cref="Prepare"/>.</summary>
    public abstract bool HasNoRecords(EvaluationScope scope, int partition);

    /// <summary>One partition as a loop's input.</summary>
    public abstract LoopInput Open(TaskScope task, int partition);

    /// <summary>Plans how the operator's records come about, back to what lies in memory. Called once, at the start.</summary>
    public abstract void Plan(Planner planner);

    /// <summary>Plans the chain that ends with an operator after this one.</summary>
    public abstract Route PlanEnd(Planner planner, CallSite? site, IPipelineLoops? pipeline, Delegate[] functions);

    /// <summary>The type of the records.</summary>
    public abstract Type RecordType { get; }

    /// <summary>What the operator reads in a scope: its parents, or the data set that a function has given there.</summary>
    public virtual IReadOnlyList<DatasetNode> ComputedFrom(EvaluationScope scope) => Parents;

    /// <summary>The number of partitions that the operator makes of its parents', all of them where it does not say otherwise.</summary>
    protected virtual int DeclaredPartitionCount(EvaluationScope scope) => LineageOf(scope).Sum(parent => parent.PlannedPartitionCount(scope));

    /// <summary>The nodes without parents that it is computed from.</summary>
    public IReadOnlySet<DatasetNode> Leaves()
    {
        var (leaves, seen, next) = (new HashSet<DatasetNode>(), new HashSet<DatasetNode>(), new Stack<DatasetNode>([this]));
        while (next.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (node.Parents.Count == 0)
            {
                leaves.Add(node);
            }

            foreach (var parent in node.Parents)
            {
                next.Push(parent);
            }
        }

        return leaves;
    }

    /// <summary>Operator and place in the user's source, for messages.</summary>
    public string Describe() => Site is { } site ? $"{Name ?? OperatorName} ({site.File}:{site.Line})" : Name ?? OperatorName;
}

internal abstract partial class DatasetNode<T>(string operatorName, IReadOnlyList<DatasetNode> parents, params Delegate[] functions)
    : DatasetNode(operatorName, parents, functions)
{
    private readonly Lock _storing = new();
    private Route<T>? _route;
    private volatile StoredData<T>? _stored;

    /// <summary>What is kept of it beyond one scope, and may be over; null for a node that never was persisted.</summary>
    public StoredData<T>? Stored => _stored;

    public sealed override bool IsKept => IsMaterialized || Stored is { IsOver: false };

    public sealed override (int Partitions, long MemoryBytes, long DiskBytes)? KeptPartitions => Stored is { IsOver: false } stored ? stored.Kept : null;

    public sealed override int PlannedPartitionCount(EvaluationScope scope) =>
        (Stored is { IsOver: false } stored ? stored.PartitionCount : null) ?? base.PlannedPartitionCount(scope);

    public sealed override StorageLevel Level => Stored is { IsOver: false } stored ? stored.Level : base.Level;

    /// <summary>Keeps what is computed from now on, beyond one scope.</summary>
    /// <returns>What was made for it; null where it is kept already.</returns>
    public StoredData<T>? Persist(StorageLevel level, BlockStore store, BlockEncoding<T>? encoding)
    {
        lock (_storing)
        {
            StorageLevels.CheckUnchanged(Level, level, Describe());
            if (Stored is { IsOver: false })
            {
                return null;
            }

            return _stored = new StoredData<T>(level, store, encoding);
        }
    }

    /// <summary>Takes over what is kept of the same records for another node.</summary>
    public void ShareStored(StoredData<T> stored) => _stored = stored;

    public sealed override Type RecordType => typeof(T);

    /// <summary>The run of operators that ends here, as the plan bound it.</summary>
    public Route<T> PlanRoute(Planner planner) => _route ??= planner.Plan(this);

    public override void Plan(Planner planner) => planner.PlanBefore(PlanRoute(planner));

    public sealed override Route PlanEnd(Planner planner, CallSite? site, IPipelineLoops? pipeline, Delegate[] functions) =>
        planner.PlanEnd(this, site, pipeline, null, functions);

    /// <summary>The operator itself, unfused: plain code over its parents' records. This is the specification.</summary>
    public abstract IEnumerable<T> Compute(TaskScope task, int partition);

    /// <summary>The operator through its delegates; when a failure is being attributed, what it throws bears its name.</summary>
    public IEnumerable<T> ReadUnfused(TaskScope task, int partition)
    {
        task.MarkEnumerated();
        if (task.Screen is not { } screen)
        {
            return Compute(task, partition);
        }

        var records = OperatorFailure.Attribute(this, task, partition);
        return Parents.Count == 0 || IsMaterialized ? screen.Filter(this, partition, records) : records;
    }

    /// <summary>The node's blocks, for a node that is kept.</summary>
    /// <param name="scope">The batch or action.</param>
    /// <param name="wanted">The only partitions that are needed, the others being kept elsewhere; null for all. More may be computed.</param>
    public virtual Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        PrepareParents(scope);
        var blocks = scope.RunStage(
            this,
            ComputedPartitionCount(scope),
            PlanRoute(scope.Planner),
            static task => task.NewBlock<T>(),
            static (_, output) => (Block<T>)((BlockOutput<T>)output).ToBlock(),
            wanted: wanted);
        return blocks.Length == 0 ? Materialized<T>.Empty : new Materialized<T>(blocks);
    }

    public override void Prepare(EvaluationScope scope)
    {
        if (IsMaterialized)
        {
            scope.Materialize(this);
        }
        else if (Stored is { IsOver: false } stored)
        {
            scope.Lease(this, stored);
        }
        else
        {
            PrepareParents(scope);
        }
    }

    public sealed override int PartitionCount(EvaluationScope scope) => IsMaterialized
        ? scope.Materialize(this).Count
        : (Stored is null ? null : scope.LeaseOf(this)?.PartitionCount) ?? ComputedPartitionCount(scope);

    public override bool HasNoRecords(EvaluationScope scope, int partition)
    {
        if (IsMaterialized)
        {
            return scope.Materialize(this).HasNoRecords(partition);
        }

        return Stored is not null && scope.LeaseOf(this) is { } lease
            ? lease.HasNoRecords(partition)
            : PlanRoute(scope.Planner).HasNoRecords(scope, partition);
    }

    /// <summary>The number of partitions that are computed, valid after <see cref="PrepareParents"/>.</summary>
    public int CountComputedPartitions(EvaluationScope scope) => ComputedPartitionCount(scope);

    public sealed override LoopInput Open(TaskScope task, int partition) => task.Open(this, partition);

    /// <summary>The number of partitions that the operator itself makes of its parents'.</summary>
    protected abstract int ComputedPartitionCount(EvaluationScope scope);

    /// <summary>Computes what has to lie in memory before the node's own partitions are computed.</summary>
    public virtual void PrepareParents(EvaluationScope scope)
    {
        for (var index = 0; index < Parents.Count; index++) // Not by its enumerator, which would be allocated.
        {
            Parents[index].Prepare(scope);
        }
    }

    /// <summary>True where the scope has the node's partitions, so that they are not computed with what reads them. Valid after <see cref="Prepare"/>.</summary>
    protected bool IsKeptIn(EvaluationScope scope) => IsMaterialized || (Stored is not null && scope.LeaseOf(this) is not null);
}
