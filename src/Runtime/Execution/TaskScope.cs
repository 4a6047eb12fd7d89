using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>One attempt at one task: a stage on one partition. Used by the task's thread only.</summary>
internal sealed class TaskScope(EvaluationScope scope, int partition, int attempt, bool isUnfused, bool isAttributing, CancellationToken cancellation)
{
    private readonly List<ITaskMemory> _memory = [];

    public EvaluationScope Scope => scope;

    public int Partition => partition;

    public int Attempt => attempt;

    /// <summary>True when the operators run one by one through their delegates.</summary>
    public bool IsUnfused => isUnfused;

    /// <summary>True when a failed task is run again to find the operator that threw.</summary>
    public bool IsAttributing => isAttributing;

    public CancellationToken Cancellation => cancellation;

    /// <summary>An output that collects records into pooled memory: the task's until its stage has succeeded, then the block's owner's.</summary>
    public BlockOutput<T> NewBlock<T>()
    {
        var output = new BlockOutput<T>(scope.Pool);
        Own(output);
        return output;
    }

    /// <summary>A block of a known length for the task to fill: the task's until its stage has succeeded.</summary>
    public ArrayBlock<T> NewBlock<T>(int count)
    {
        var block = new ArrayBlock<T>(scope.Pool.Rent<T>(count), count, scope.Pool);
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
