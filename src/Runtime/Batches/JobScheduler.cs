using CodegenStreaming.Execution;
using CodegenStreaming.Observability;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.Batches;

/// <summary>
/// Runs the batches' jobs, one for each output, in their order: with one thread strictly one after another, with more of them as many at once.
/// A job that fails harms no other. The batch's last job gives back what the batch held. Thread-safe.
/// </summary>
internal sealed class JobScheduler : IDisposable
{
    private readonly WorkQueue<Job> _jobs = new();
    private readonly Thread[] _threads;
    private readonly StreamGraph _graph;
    private readonly IdleBatches _idle;
    private readonly RememberedBatches _remembered;
    private readonly BatchUpkeep _upkeep;
    private readonly SteadyTime _time;
    private readonly BatchEvents _events;
    private readonly BatchLedger _ledger;
    private readonly Termination _termination;
    private readonly CheckpointCoordinator? _checkpoints;

    public JobScheduler(
        int threads,
        string name,
        StreamGraph graph,
        IdleBatches idle,
        RememberedBatches remembered,
        BatchUpkeep upkeep,
        SteadyTime time,
        BatchEvents events,
        BatchLedger ledger,
        Termination termination,
        CheckpointCoordinator? checkpoints)
    {
        _checkpoints = checkpoints;
        (_graph, _idle, _remembered, _upkeep) = (graph, idle, remembered, upkeep);
        (_time, _events, _ledger, _termination) = (time, events, ledger, termination);
        _threads = new Thread[threads];
        for (var index = 0; index < threads; index++)
        {
            _threads[index] = new Thread(Work) { IsBackground = true, Name = $"{name} jobs {index}" };
        }

        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>True inside a job: what waits for the batches there waits for itself.</summary>
    public bool IsCurrent => Array.IndexOf(_threads, Thread.CurrentThread) >= 0;

    public void Submit(Batch batch)
    {
        var number = _graph.Grid.NumberOf(batch.Time);
        var outputs = CountOutputs(number);
        batch.Expect(outputs + (_upkeep.IsNeeded ? 1 : 0), isSilent: outputs == 0);
        _remembered.Begin(batch.Time, batch.Scope);
        if (outputs > 0)
        {
            _events.BatchSubmitted(batch);
        }

        AddOutputs(batch, number, last: false);
        if (_upkeep.IsNeeded)
        {
            _jobs.TryAdd(new Job(batch, null));
        }
        else if (outputs == 0)
        {
            Complete(batch); // One that was done before a restart.
            return;
        }

        AddOutputs(batch, number, last: true);
    }

    /// <summary>Adds the jobs of outputs: of those that have to run behind all others, or of the others.</summary>
    private void AddOutputs(Batch batch, long number, bool last)
    {
        for (var index = 0; index < _graph.Outputs.Count; index++)
        {
            if (_graph.Outputs[index].RunsLast == last && Runs(_graph.Outputs[index], number))
            {
                _jobs.TryAdd(new Job(batch, _graph.Outputs[index]));
            }
        }
    }

    /// <summary>Ends the threads after the submitted jobs.</summary>
    public void Dispose() => _jobs.Complete();

    private void Work()
    {
        while (_jobs.TryTake(out var job))
        {
            try
            {
                Run(job);
            }
#pragma warning disable CA1031 // Only what watches can throw here, a log or a meter's listener: that must not end the process.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _termination.Fail(exception);
            }
        }
    }

    private void Run(Job job)
    {
        var (batch, output) = job;
        if (output is null)
        {
            RunUpkeep(batch);
            return;
        }

        string? failureReason = null;
        batch.StartJob(output, _time.UtcNow, _events);
        try
        {
            batch.Scope.Cancellation.ThrowIfCancellationRequested();
            _checkpoints?.Begin(_graph.Grid.NumberOf(batch.Time));
            _checkpoints?.AwaitRecorded(_graph.Grid.NumberOf(batch.Time));
            output.Run(output, batch.Scope);
        }
        catch (OperationCanceledException exception) when (batch.Scope.Cancellation.IsCancellationRequested)
        {
            failureReason = exception.ToString();
            _events.Logger.OutputCancelled(output.Id, output.Name ?? output.OperatorName, batch.Time.Milliseconds);
        }
#pragma warning disable CA1031 // Whatever an output throws belongs to its batch, not to the thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var failure = Explain(exception, batch);
            failureReason = failure.ToString();
            _events.Logger.OutputFailed(failure, output.Id, output.Name ?? output.OperatorName, batch.Time.Milliseconds);
            _termination.Fail(failure);
        }

        if (batch.EndJob(output, _time.UtcNow, failureReason, _events))
        {
            Complete(batch);
        }
    }

    /// <summary>A batch that has ended several runs of the program is told how to get past.</summary>
    private Exception Explain(Exception exception, Batch batch)
    {
        const int Several = 3;
        return exception is StreamingTaskException failure && _checkpoints?.AttemptsOf(_graph.Grid.NumberOf(batch.Time)) is >= Several and var attempts
            ? failure.InRun(attempts)
            : exception;
    }

    private void RunUpkeep(Batch batch)
    {
        var number = _graph.Grid.NumberOf(batch.Time);
        _checkpoints?.Begin(number);
        var hasFailed = !_upkeep.Keep(batch) || batch.HasFailed;
        _checkpoints?.Capture(number, hasFailed);
        if (hasFailed)
        {
            batch.MarkFailed();
        }

        if (batch.EndUpkeep(_time.UtcNow))
        {
            Complete(batch);
        }
    }

    private int CountOutputs(long number)
    {
        var count = 0;
        for (var index = 0; index < _graph.Outputs.Count; index++)
        {
            count += Runs(_graph.Outputs[index], number) ? 1 : 0;
        }

        return count;
    }

    private bool Runs(OutputOperation output, long number) => number % output.Node.Slide == 0 && _checkpoints?.Runs(output, number) != false;

    private void Complete(Batch batch)
    {
        var (time, isCancelled) = (batch.Time, batch.Scope.Cancellation.IsCancellationRequested);
        try
        {
            if (_remembered.IsOn)
            {
                _events.Remember(batch.Scope, _remembered.Complete(time));
            }
            else
            {
                _events.Release(batch.Scope);
            }

            _checkpoints?.Complete(_graph.Grid.NumberOf(time), batch.HasFailed, isCancelled);
            _upkeep.Complete(time);
            if (!batch.IsSilent)
            {
                _events.BatchCompleted(batch);
            }

            _idle.LayBy(batch);
        }
        finally
        {
            _ledger.Complete(time);
        }
    }

    /// <param name="Batch">The batch.</param>
    /// <param name="Output">The output; null for what the batch leaves behind.</param>
    private readonly record struct Job(Batch Batch, OutputOperation? Output);
}
