using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Asynchronous;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>One attempt at one task: a stage on one partition. Used by the task's thread only, and again by later tasks.</summary>
internal sealed class TaskScope
{
    private readonly List<ITaskMemory> _memory = [];
    private EvaluationScope? _scope;
    private LoopInput? _idleInput;
    private bool _isEnumerated;

    /// <summary>What the task has added to accumulators, each beside its accumulator; null where nothing.</summary>
    private List<(Accumulator Whole, Accumulator Part)>? _parts;

    /// <summary>What asynchronous steps have done in it; null where there is none.</summary>
    private List<AsyncNotes>? _notes;

    public EvaluationScope Scope => _scope!;

    public int Partition { get; private set; }

    public int Attempt { get; private set; }

    /// <summary>True when the operators run one by one through their delegates.</summary>
    public bool IsUnfused { get; private init; }

    /// <summary>True when a failed task is run again to find the operator that threw.</summary>
    public bool IsAttributing { get; private init; }

    /// <summary>The records that the task leaves out, and the one that it is at; null for a task that is run as usual.</summary>
    public RecordScreen? Screen { get; private init; }

    public CancellationToken Cancellation => Scope.Cancellation;

    /// <summary>False once an enumerable over it was made: a user's function may have kept that, and it must never show another batch.</summary>
    public bool CanBeUsedAgain => !_isEnumerated;

    /// <summary>The scope of a failed task that is run again to find the operator that threw.</summary>
    public static TaskScope ForReplay(EvaluationScope scope, TaskScope failed)
    {
        var task = new TaskScope { IsUnfused = true, IsAttributing = true, Screen = new RecordScreen(), _notes = failed._notes };
        task.Begin(scope, failed.Partition, failed.Attempt);
        return task;
    }

    /// <summary>The scope of a task that is run unfused, and leaves records out.</summary>
    public static TaskScope ForScreening(EvaluationScope scope, int partition, int attempt, RecordScreen screen)
    {
        var task = new TaskScope { IsUnfused = true, Screen = screen };
        task.Begin(scope, partition, attempt);
        return task;
    }

    public void Begin(EvaluationScope scope, int partition, int attempt) => (_scope, Partition, Attempt) = (scope, partition, attempt);

    /// <summary>Its stage has succeeded: what it made belongs to others now.</summary>
    public void End()
    {
        _scope = null;
        _memory.Clear();
    }

    /// <summary>The task's part of an accumulator.</summary>
    public Accumulator PartOf(Accumulator accumulator)
    {
        foreach (var (whole, part) in _parts ??= [])
        {
            if (whole == accumulator)
            {
                return part;
            }
        }

        _parts.Add((accumulator, accumulator.NewPart()));
        return _parts[^1].Part;
    }

    /// <summary>The task has succeeded: what it added counts.</summary>
    public void AddToAccumulators()
    {
        if (_parts is not null)
        {
            foreach (var (whole, part) in _parts)
            {
                whole.Merge(part);
            }

            _parts = null;
        }
    }

    /// <summary>Keeps what an asynchronous step notes, for the case that the task fails.</summary>
    public void Keep(AsyncNotes notes) => (_notes ??= []).Add(notes);

    /// <summary>The last notes of a step over a partition.</summary>
    public AsyncNotes? FindNotes(DatasetNode step, int partition) => _notes?.FindLast(notes => notes.IsOf(step, partition));

    /// <summary>An enumerable over this task is about to be made.</summary>
    public void MarkEnumerated() => _isEnumerated = true;

    /// <summary>A partition as the input of a loop.</summary>
    public LoopInput Open<T>(DatasetNode<T> node, int partition)
    {
        var input = _idleInput as NodePartition<T> ?? new NodePartition<T>(this);
        _idleInput = null; // The loop before it may open another one while it reads this.
        input.Open(node, partition);
        return input;
    }

    /// <summary>The loop has read its input to the end.</summary>
    public void LayBy(LoopInput input) => _idleInput = input;

    /// <summary>An output that collects records into pooled memory: the task's until its stage has succeeded, then the block's owner's.</summary>
    public BlockOutput<T> NewBlock<T>()
    {
        var output = new BlockOutput<T>(Scope.Pool);
        Own(output);
        return output;
    }

    /// <summary>A block of a known length for the task to fill: the task's until its stage has succeeded.</summary>
    public ArrayBlock<T> NewBlock<T>(int count)
    {
        var block = new ArrayBlock<T>(Scope.Pool.Rent<T>(count), count, Scope.Pool);
        Own(block);
        return block;
    }

    /// <summary>What an output has collected, as a block that the task may release itself: after that it is not given up again when the stage fails.</summary>
    public ArrayBlock<T> Take<T>(BlockOutput<T> output)
    {
        var block = output.ToBlock();
        Disown(output);
        Own(block);
        return block;
    }

    /// <summary>Gives the task memory that goes to the collector if the attempt or its stage fails.</summary>
    public void Own(ITaskMemory memory) => _memory.Add(memory);

    /// <summary>Takes from the task what it owned: others use it from now on.</summary>
    public void Disown(ITaskMemory memory) => _memory.Remove(memory);

    /// <summary>The attempt or its stage failed.</summary>
    public void Abandon()
    {
        foreach (var memory in _memory)
        {
            memory.Abandon();
        }

        _memory.Clear();
    }
}
