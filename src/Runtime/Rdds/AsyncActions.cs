using System.Runtime.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <content>Actions whose functions are awaited. They run on a thread of their own, so that nobody's thread waits for them.</content>
public sealed partial class Rdd<T>
{
    /// <summary>Calls an asynchronous action for each record, in tasks.</summary>
    /// <param name="action">Called once per record and attempt, several at a time; it goes on on threads of the pool. Its token is cancelled with the batch.</param>
    /// <param name="options">How many calls at once, time-outs and retries; the defaults when null. Records are taken in their order, and may be done in any.</param>
    /// <returns>Completes when all calls are done.</returns>
    /// <exception cref="ArgumentException">A setting has a value that it cannot have; the message names both.</exception>
    [OverloadResolutionPriority(1)] // An asynchronous lambda could be either.
    public Task ForeachAsync(Func<T, CancellationToken, ValueTask> action, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        return ForeachAsync((record, cancellation) => Done(action(record, cancellation)), options, action);
    }

    /// <inheritdoc cref="ForeachAsync(Func{T, CancellationToken, ValueTask}, AsyncStepOptions)"/>
    public Task ForeachAsync(Func<T, CancellationToken, Task> action, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        return ForeachAsync((record, cancellation) => Done(new ValueTask(action(record, cancellation))), options, action);
    }

    /// <summary>Calls an asynchronous action for each partition, in tasks: the place for a connection.</summary>
    /// <param name="action">
    /// Called for several partitions at once, as many as there are task threads; its task waits for it. The records are computed while they are read, and
    /// valid until it ends. Its token is cancelled with the batch.
    /// </param>
    /// <returns>Completes when the action has ended for all partitions.</returns>
    public Task ForeachPartitionAsync(Func<IEnumerable<T>, CancellationToken, Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return RunAsync(scope =>
        {
            Actions.ForEachPartition(scope, End("ForeachPartitionAsync"), PlanAction(scope, action), (records, task) => action(records, task.Cancellation).GetAwaiter().GetResult());
        });
    }

    private Task ForeachAsync(Func<T, CancellationToken, ValueTask<bool>> action, AsyncStepOptions? options, Delegate userFunction)
    {
        var step = AsyncOperators.Foreach(Node, action, options, userFunction);
        (step.Site, step.Pipeline) = (_actionSite, _pipeline);
        return RunAsync(scope =>
        {
            step.Prepare(scope);
            Actions.Count(scope, step, scope.Planner.PlanEnd(step, null, _pipeline, null, []));
        });
    }

    private static ValueTask<bool> Done(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            return WhenDoneAsync(task);
        }

        task.GetAwaiter().GetResult(); // Its source wants to know that the result was taken.
        return new ValueTask<bool>(true);
    }

    private static async ValueTask<bool> WhenDoneAsync(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private Task RunAsync(Action<EvaluationScope> action)
    {
        var evaluation = Evaluate();
        try
        {
            evaluation.Scope.Engine.Tasks.CheckDriver(evaluation.Scope); // Here, where it is known whether this is a task.
        }
        catch
        {
            evaluation.Dispose();
            throw;
        }

        return Task.Factory.StartNew(
            () =>
            {
                using (evaluation)
                {
                    action(evaluation.Scope);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, // Not one of the pool's, which receivers go on on.
            TaskScheduler.Default);
    }
}
