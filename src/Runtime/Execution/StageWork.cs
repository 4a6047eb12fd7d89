using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution;

/// <summary>What the tasks of a stage do, each with its partition. Called by several threads at once, for different tasks.</summary>
internal abstract class StageWork
{
    /// <summary>Does a task's work and keeps its result; again from the beginning after a failure.</summary>
    /// <param name="task">The attempt.</param>
    /// <param name="index">The task's number within the stage, from zero.</param>
    public abstract void Run(TaskScope task, int index);

    /// <summary>The chain that the tasks compute; null where they only put together what others have computed.</summary>
    public Route? Chain { get; init; }

    /// <summary>Runs a failed task's functions once more, one by one through their delegates, to find the one that throws.</summary>
    public abstract void Replay(TaskScope task);
}

/// <summary>A stage given by functions.</summary>
internal sealed class FunctionWork<TResult>(int count, Func<TaskScope, TResult> body, Action<TaskScope> replay) : StageWork
{
    public TResult[] Results { get; } = new TResult[count];

    public override void Run(TaskScope task, int index) => Results[index] = body(task);

    public override void Replay(TaskScope task) => replay(task);
}

/// <summary>The same with what the functions need beside the task, so that they are made once and not for each stage.</summary>
internal sealed class FunctionWork<TState, TResult>(int count, TState state, Func<TaskScope, TState, TResult> body, Action<TaskScope, TState> replay) : StageWork
{
    public TResult[] Results { get; } = new TResult[count];

    public override void Run(TaskScope task, int index) => Results[index] = body(task, state);

    public override void Replay(TaskScope task) => replay(task, state);
}

/// <summary>A stage that pushes the partitions of a chain to outputs.</summary>
/// <param name="count">The number of tasks.</param>
/// <param name="route">The chain.</param>
/// <param name="createOutput">Makes a task's output where the loop has none of its own.</param>
/// <param name="complete">Takes the result from a finished output.</param>
/// <param name="endActs">True where the chain's end acts on the world and must not be called once more to find a failure.</param>
internal sealed class ChainWork<T, TResult>(
    int count, Route<T> route, Func<TaskScope, RecordOutput<T>> createOutput, Func<TaskScope, RecordOutput<T>, TResult> complete, bool endActs) : StageWork
{
    public TResult[] Results { get; } = new TResult[count];

    public override void Run(TaskScope task, int index) => Results[index] = Compute(task);

    public override void Replay(TaskScope task)
    {
        if (endActs)
        {
            route.ReadThrough(task);
        }
        else
        {
            Compute(task);
        }
    }

    private TResult Compute(TaskScope task)
    {
        var output = route.CreateOutput(task) ?? createOutput(task);
        route.Push(task, task.Partition, output);
        output.Complete();
        return complete(task, output);
    }
}
