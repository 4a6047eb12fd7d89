namespace CodegenStreaming.Execution;

/// <summary>Runs the tasks of a stage, retries those that fail, and says where a failure comes from. Thread-safe.</summary>
#pragma warning disable CA1001 // Threads may still leave a task after the end; what the thread-local holds goes with them.
internal sealed class TaskRunner(TaskThreads threads, int maxFailures)
#pragma warning restore CA1001
{
    private readonly Stack<Stage> _idle = new();

    private readonly ThreadLocal<TaskScope?> _current = new();

    /// <summary>The task that the calling thread runs, for what its functions add to accumulators; null outside tasks.</summary>
    public TaskScope? Current => _current.Value;

    /// <summary>Runs one task per partition and waits for all of them.</summary>
    /// <param name="scope">The batch.</param>
    /// <param name="end">The operator that ends the stage: blamed where no operator before it throws in the replay.</param>
    /// <param name="count">The number of tasks.</param>
    /// <param name="body">The task; run again from its beginning after a failure.</param>
    /// <param name="replay">Runs the task's functions unfused, those excepted that act on the world.</param>
    /// <param name="first">The partition of the first task.</param>
    /// <param name="chain">The chain that the tasks compute, where they do.</param>
    public TResult[] Run<TResult>(
        EvaluationScope scope, StageEnd end, int count, Func<TaskScope, TResult> body, Action<TaskScope> replay, int first = 0, Route? chain = null)
    {
        var work = new FunctionWork<TResult>(count, body, replay) { Chain = chain };
        Run(scope, end, count, work, first);
        return work.Results;
    }

    /// <summary>The same for functions that are given a state.</summary>
    public TResult[] Run<TState, TResult>(
        EvaluationScope scope,
        StageEnd end,
        int count,
        TState state,
        Func<TaskScope, TState, TResult> body,
        Action<TaskScope, TState> replay,
        Route? chain = null)
    {
        var work = new FunctionWork<TState, TResult>(count, state, body, replay) { Chain = chain };
        Run(scope, end, count, work);
        return work.Results;
    }

    /// <summary>The same, for work that keeps its results itself.</summary>
    /// <param name="scope">The batch.</param>
    /// <param name="end">The operator that ends the stage.</param>
    /// <param name="count">The number of tasks.</param>
    /// <param name="work">The tasks.</param>
    /// <param name="first">The partition of the first task, if they are partitions one after another.</param>
    /// <param name="partitions">The partition of each task, if they are not.</param>
    public void Run(EvaluationScope scope, StageEnd end, int count, StageWork work, int first = 0, int[]? partitions = null)
    {
        CheckDriver(scope);
        if (count == 0)
        {
            return;
        }

        if (scope.IsRecovery && threads.IsCurrent)
        {
            RunHere(scope, end, count, work, first, partitions);
            return;
        }

        var stage = TakeIdle();
        stage.Open(scope, end, work, first, partitions, count);
        threads.Run(stage, count);
        try
        {
            stage.Close();
        }
        finally
        {
            LayBy(stage);
        }
    }

    /// <summary>Refuses to read a data set inside a task, and when the batch has been cancelled.</summary>
    public void CheckDriver(EvaluationScope scope)
    {
        if (threads.IsCurrent && !scope.IsRecovery)
        {
            throw new StreamingException(
                "A data set was read inside a function that runs in a task. Read it on the driver (in Transform or ForeachRdd, outside record functions) and pass in the values.");
        }

        scope.Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>A task that computes anew what was lost runs the tasks for it itself: if it waited for other threads, those might wait for its place.</summary>
    private void RunHere(EvaluationScope scope, StageEnd end, int count, StageWork work, int first, int[]? partitions)
    {
        var outer = _current.Value;
        var stage = new Stage(maxFailures, _current); // Nobody else knows it, so nobody else claims its tasks.
        stage.Open(scope, end, work, first, partitions, count);
        while (stage.TryClaim(out var index))
        {
            stage.Run(index);
        }

        _current.Value = outer;
        stage.Close();
    }

    private Stage TakeIdle()
    {
        lock (_idle)
        {
            return _idle.TryPop(out var stage) ? stage : new Stage(maxFailures, _current);
        }
    }

    private void LayBy(Stage stage)
    {
        lock (_idle)
        {
            _idle.Push(stage);
        }
    }
}
