using System.Runtime.ExceptionServices;

namespace CodegenStreaming.Execution;

/// <summary>
/// The tasks of one stage under way. Threads claim them one by one; whoever started the stage waits for the last. Used again for the next stage, with
/// the scopes of its tasks, so that a steady batch makes none anew.
/// </summary>
/// <remarks>
/// A thread that was called to help may come when everything is done, or when the object is another stage already: it claims nothing then, or a task
/// of that one, which is as well. So what a task needs is written before <see cref="_claims"/>, which opens the stage, and the next task and the number of tasks
/// are one word: a claim by what a thread has seen long ago would else be one beyond the tasks of a later, smaller stage.
/// </remarks>
internal sealed class Stage(int maxFailures, ThreadLocal<TaskScope?> current)
{
    private readonly object _gate = new();
    private TaskScope?[] _tasks = [];
    private Exception?[]? _failures;
    private EvaluationScope? _scope;
    private StageEnd? _end;
    private StageWork? _work;
    private int _first;
    private int[]? _partitions;
    private int _count;
    private int _left;

    /// <summary>The number of tasks, in the upper half, and the next one that nobody has claimed.</summary>
    private long _claims;

    /// <summary>Begins a stage: from here on threads may claim its tasks.</summary>
    public void Open(EvaluationScope scope, StageEnd end, StageWork work, int first, int[]? partitions, int count)
    {
        if (_tasks.Length < count)
        {
            Array.Resize(ref _tasks, count);
        }

        (_scope, _end, _work, _first, _partitions, _count, _left) = (scope, end, work, first, partitions, count, count);
        Volatile.Write(ref _claims, (long)count << 32);
    }

    /// <summary>Takes a task that nobody has taken; false where there is none.</summary>
    public bool TryClaim(out int index)
    {
        while (true)
        {
            var claims = Volatile.Read(ref _claims);
            index = (int)claims;
            if (index >= (int)(claims >> 32))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _claims, claims + 1, claims) == claims)
            {
                return true;
            }
        }
    }

    /// <summary>Runs a claimed task, with its attempts; never throws.</summary>
    public void Run(int index)
    {
        try
        {
            Attempt(index);
            current.Value!.AddToAccumulators();
        }
#pragma warning disable CA1031 // Whatever a user's function throws belongs to its batch, not to the thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_gate)
            {
                _failures ??= new Exception?[_count];
                _failures[index] = exception;
            }
        }

        current.Value = null;
        if (Interlocked.Decrement(ref _left) == 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Returns when all tasks are done.</summary>
    public void Wait()
    {
        for (var spin = new ShortSpin(); Volatile.Read(ref _left) > 0 && spin.TryOnce();)
        {
        }

        if (Volatile.Read(ref _left) == 0)
        {
            return;
        }

        lock (_gate)
        {
            while (Volatile.Read(ref _left) > 0)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Makes the object ready for another stage. Throws what the first task that failed threw; what the others made is given up then.</summary>
    public void Close()
    {
        var count = _count;
        Volatile.Write(ref _claims, 0);
        var failures = _failures;
        (_scope, _end, _work, _partitions, _failures) = (null, null, null, null, null);
        for (var index = 0; index < count; index++)
        {
            var task = _tasks[index];
            if (failures is not null)
            {
                task?.Abandon();
            }

            if (task is not { CanBeUsedAgain: true })
            {
                _tasks[index] = null;
            }
            else
            {
                task.End();
            }
        }

        if (failures is not null)
        {
            ExceptionDispatchInfo.Throw(Array.Find(failures, failure => failure is not null)!);
        }
    }

    private void Attempt(int index)
    {
        var (scope, end, work, partition) = (_scope!, _end!, _work!, _partitions is null ? _first + index : _partitions[index]);
        for (var attempt = 1; ; attempt++)
        {
            scope.Cancellation.ThrowIfCancellationRequested();
            var task = _tasks[index] ??= new TaskScope();
            task.Begin(scope, partition, attempt);
            current.Value = task; // Also while a failure is being explained: what functions add then belongs to an attempt that has failed.
            try
            {
                scope.Engine.TaskWatch?.Invoke(task, end, work, false);
                work.Run(task, index);
                scope.Engine.TaskWatch?.Invoke(task, end, work, true);
                return;
            }
            catch (Exception exception)
            {
                task.Abandon();
                _tasks[index] = null; // The function that threw may have left it anywhere.
                if (exception is OperationCanceledException && scope.Cancellation.IsCancellationRequested)
                {
                    throw;
                }

                if (exception is StreamingTaskException)
                {
                    throw; // What was lost could not be computed again; the tasks that tried have said why.
                }

                // What the engine refuses, it refuses again.
                if (attempt >= maxFailures || exception is StreamingException)
                {
                    if (TryWithoutPoison(index, attempt, exception))
                    {
                        return;
                    }

                    throw FailedTask.Attribute(scope, end, work, task, exception);
                }
            }
        }
    }

    /// <summary>Runs a task that has failed without the records at which functions throw, where the pipeline wants that.</summary>
    private bool TryWithoutPoison(int index, int attempt, Exception exception)
    {
        var (scope, work, partition) = (_scope!, _work!, _partitions is null ? _first + index : _partitions[index]);
        if (exception is StreamingException || scope.Time is not { } time || scope.Engine.PoisonPolicyOf(work.Chain?.Last.Pipeline) == PoisonPolicy.Fail)
        {
            return false;
        }

        var screen = new RecordScreen();
        while (true)
        {
            scope.Cancellation.ThrowIfCancellationRequested();
            var task = TaskScope.ForScreening(scope, partition, attempt, screen);
            current.Value = task;
            try
            {
                work.Run(task, index);
                _tasks[index] = task;
                if (screen.Poison.Count > 0)
                {
                    scope.AddPoison(screen.Poison);
                    scope.Engine.ReportPoison?.Invoke(screen.Poison);
                }

                return true;
            }
            catch (OperatorFailure failure)
            {
                task.Abandon();
                if (!screen.TryLeaveOut(failure, time))
                {
                    return false;
                }
            }
#pragma warning disable CA1031 // It is no function of records that throws: the failure is reported as it was.
            catch (Exception other) when (other is not OperationCanceledException)
#pragma warning restore CA1031
            {
                task.Abandon();
                return false;
            }
        }
    }
}
