namespace CodegenStreaming.Execution;

/// <summary>Runs the tasks of a stage, retries those that fail, and says where a failure comes from. Thread-safe.</summary>
internal sealed class TaskRunner(TaskThreads threads, int maxFailures)
{
    /// <summary>Runs one task per partition and waits for all of them.</summary>
    /// <param name="scope">The batch.</param>
    /// <param name="end">The operator that ends the stage: blamed where no operator before it throws in the replay.</param>
    /// <param name="count">The number of tasks.</param>
    /// <param name="body">The task; run again from its beginning after a failure.</param>
    /// <param name="replay">Reads the task's partition unfused, up to but not including the stage's last operator.</param>
    /// <param name="first">The partition of the first task.</param>
    public TResult[] Run<TResult>(
        EvaluationScope scope, StageEnd end, int count, Func<TaskScope, TResult> body, Action<TaskScope> replay, int first = 0)
    {
        if (threads.IsCurrent)
        {
            throw new StreamingException(
                "A data set was read inside a function that runs in a task. Read it on the driver (in Transform or ForeachRdd, outside record functions) and pass in the values.");
        }

        scope.Cancellation.ThrowIfCancellationRequested();
        var results = new TResult[count];
        if (count == 0)
        {
            return results;
        }

        var succeeded = new TaskScope?[count];
        var failures = new Exception?[count];
        using var done = new CountdownEvent(count);
        for (var index = 0; index < count; index++)
        {
            var task = index;
            var posted = threads.TryPost(() =>
            {
                try
                {
                    (results[task], succeeded[task]) = Attempt(scope, end, first + task, body, replay);
                }
#pragma warning disable CA1031 // Whatever a user's function throws belongs to its batch, not to the thread.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failures[task] = exception;
                }
                finally
                {
                    done.Signal();
                }
            });
            if (!posted)
            {
                failures[task] = new OperationCanceledException("The engine context was stopped.");
                done.Signal();
            }
        }

        done.Wait(CancellationToken.None);
        if (Array.Find(failures, failure => failure is not null) is { } thrown)
        {
            foreach (var task in succeeded)
            {
                task?.Abandon();
            }

            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
        }

        return results;
    }

    private (TResult Result, TaskScope Task) Attempt<TResult>(
        EvaluationScope scope, StageEnd end, int partition, Func<TaskScope, TResult> body, Action<TaskScope> replay)
    {
        for (var attempt = 1; ; attempt++)
        {
            scope.Cancellation.ThrowIfCancellationRequested();
            var task = new TaskScope(scope, partition, attempt, isUnfused: false, isAttributing: false, scope.Cancellation);
            try
            {
                return (body(task), task);
            }
            catch (Exception exception)
            {
                task.Abandon();
                if (exception is OperationCanceledException && scope.Cancellation.IsCancellationRequested)
                {
                    throw;
                }

                // What the engine refuses, it refuses again.
                if (attempt >= maxFailures || exception is StreamingException)
                {
                    throw Attribute(scope, end, partition, attempt, exception, replay);
                }
            }
        }
    }

    /// <summary>Inlined functions have no stack frame: the partition is replayed through the delegates, which have, to find the operator.</summary>
    private static StreamingTaskException Attribute(
        EvaluationScope scope, StageEnd end, int partition, int attempts, Exception exception, Action<TaskScope> replay)
    {
        var (blamed, cause) = (end, exception);
        try
        {
            replay(new TaskScope(scope, partition, attempts, isUnfused: true, isAttributing: true, scope.Cancellation));
        }
        catch (OperatorFailure failure) when (failure.Cause.GetType() == exception.GetType())
        {
            (blamed, cause) = (failure.Node, failure.Cause);
        }
#pragma warning disable CA1031 // The replay only adds information.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        return new StreamingTaskException(
            scope.Time, blamed.Id, blamed.OperatorName, blamed.Name, partition, attempts, blamed.Site?.File, blamed.Site?.Line, cause);
    }
}
