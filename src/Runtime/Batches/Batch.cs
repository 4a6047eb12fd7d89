using CodegenStreaming.Execution;

namespace CodegenStreaming.Batches;

/// <summary>
/// One batch under way. Submitted, then started with its first job, completed with its last; the figures of its events are kept here.
/// Thread-safe: its jobs may run at once.
/// </summary>
internal sealed class Batch
{
    private readonly Lock _lock = new();
    private readonly OutputOperationInfo[] _outputs;
    private int _jobsLeft;
    private BatchInfo _info;

    public Batch(EvaluationScope scope, BatchTime time, IReadOnlyList<StreamInputInfo> inputs, IReadOnlyList<OutputOperation> outputs, DateTimeOffset submitted)
    {
        (Scope, Time, _jobsLeft) = (scope, time, outputs.Count);
        _outputs = [.. outputs.Select(output => new OutputOperationInfo { BatchTime = time, Id = output.Id, Name = output.Name ?? output.OperatorName })];
        _info = new BatchInfo { BatchTime = time, Inputs = inputs, OutputOperations = [.. _outputs], SubmissionTime = submitted };
    }

    public EvaluationScope Scope { get; }

    public BatchTime Time { get; }

    public BatchInfo Info
    {
        get
        {
            lock (_lock)
            {
                return _info;
            }
        }
    }

    /// <summary>A job begins. The events are raised in their order: with several job threads another job may begin at the same moment.</summary>
    public void StartJob(OutputOperation output, DateTimeOffset now, BatchEvents events)
    {
        lock (_lock)
        {
            if (_info.ProcessingStartTime is null)
            {
                _info = _info with { ProcessingStartTime = now };
                events.BatchStarted(_info);
            }

            var info = _outputs[output.Id] = _outputs[output.Id] with { StartTime = now };
            events.OutputStarted(info);
        }
    }

    /// <summary>A job has ended; true for the batch's last one.</summary>
    public bool EndJob(OutputOperation output, DateTimeOffset now, string? failureReason, BatchEvents events)
    {
        lock (_lock)
        {
            var info = _outputs[output.Id] = _outputs[output.Id] with { EndTime = now, FailureReason = failureReason };
            events.OutputCompleted(info);
            if (--_jobsLeft > 0)
            {
                return false;
            }

            _info = _info with { ProcessingEndTime = now, OutputOperations = [.. _outputs] };
            return true;
        }
    }
}
