using System.Runtime.CompilerServices;
using CodegenStreaming.Batches;
using CodegenStreaming.Execution;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Calls a function with each batch's data set. It runs on the driver; what its actions are given runs in tasks.</summary>
    /// <param name="function">Must contain an action (such as <c>Foreach</c>), or the data is dropped.</param>
    public OutputOperation ForeachRdd(Action<Rdd<T>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddForeachRdd((rdd, _) => function(rdd), function);
    }

    /// <summary>Calls a function with each batch's data set and its time.</summary>
    /// <param name="function">Must contain an action (such as <c>Foreach</c>), or the data is dropped.</param>
    public OutputOperation ForeachRdd(Action<Rdd<T>, BatchTime> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddForeachRdd((rdd, scope) => function(rdd, scope.Time!.Value), function);
    }

    /// <summary>
    /// Calls an asynchronous function with each batch's data set, and waits for its end before the next output begins. It runs on the driver; what its actions
    /// are given runs in tasks.
    /// </summary>
    /// <param name="function">Must contain an action, or the data is dropped. Its token is cancelled when the context stops and does not wait for the batch.</param>
    [OverloadResolutionPriority(1)] // Where a lambda could be this or the one with the time, its task must not be forgotten.
    public OutputOperation ForeachRdd(Func<Rdd<T>, CancellationToken, Task> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddForeachRdd((rdd, scope) => Await(function(rdd, scope.Cancellation)), function);
    }

    /// <summary>Calls an asynchronous function with each batch's data set and its time, and waits for its end before the next output begins.</summary>
    /// <param name="function">Must contain an action, or the data is dropped. Its token is cancelled when the context stops and does not wait for the batch.</param>
    public OutputOperation ForeachRdd(Func<Rdd<T>, BatchTime, CancellationToken, Task> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddForeachRdd((rdd, scope) => Await(function(rdd, scope.Time!.Value, scope.Cancellation)), function);
    }

    private OutputOperation AddForeachRdd(Action<Rdd<T>, EvaluationScope> run, Delegate userFunction)
    {
        Node.MarkShared();
        var watch = new ActionWatch(Context.Logger);
        return Context.AddOutput(new OutputOperation("ForeachRdd", Node, [userFunction], (output, scope) =>
        {
            var before = scope.Actions;
            run(scope.HandOver(output.Id, (Node, output.Pipeline), static (scope, of) => new Rdd<T>(scope, of.Node, of.Pipeline)), scope);
            watch.Ran(output, scope, before);
        }));
    }

    // A job has a thread of its own, which has nothing else to do: the function goes on on threads of the pool.
    private static void Await(Task task) => task.GetAwaiter().GetResult();
}
