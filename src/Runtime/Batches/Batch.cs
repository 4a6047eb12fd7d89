using CodegenStreaming.Execution;

namespace CodegenStreaming.Batches;

/// <summary>
/// One batch under way. Submitted, then started with its first job, completed with its last. It keeps figures only, and is used again for later
/// batches; the records that listeners get are made where somebody listens. Thread-safe: its jobs may run at once.
/// </summary>
internal sealed class Batch(IReadOnlyList<InputStream> inputs, IReadOnlyList<OutputOperation> outputs)
{
    private readonly Lock _lock = new();
    private readonly InputAllocation[] _inputs = new InputAllocation[inputs.Count];
    private readonly OutputFigures[] _outputs = new OutputFigures[outputs.Count];
    private EvaluationScope? _scope;
    private DateTimeOffset _submitted;
    private DateTimeOffset? _started;
    private DateTimeOffset? _ended;
    private int _jobsLeft;
    private bool _isIncomplete;

    public EvaluationScope Scope => _scope!;

    public BatchTime Time { get; private set; }

    /// <summary>The records of all inputs.</summary>
    public long Records { get; private set; }

    /// <summary>How long it waited for its turn. Known when it is over, as the next one.</summary>
    public TimeSpan SchedulingDelay => _started!.Value - _submitted;

    /// <summary>How long its outputs took.</summary>
    public TimeSpan ProcessingDelay => _ended!.Value - _started!.Value;

    /// <summary>True when an output failed, or what later batches need could not be computed.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_lock)
            {
                return _isIncomplete || Array.Exists(_outputs, static output => output.FailureReason is not null);
            }
        }
    }

    /// <summary>True for a batch in which no output has a data set: nobody hears of it.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Becomes the batch of a time.</summary>
    public void Begin(BatchTime time)
    {
        (Time, Records, _started, _ended, _isIncomplete) = (time, 0, null, null, false);
        Array.Clear(_outputs);
    }

    /// <summary>How many jobs it has.</summary>
    public void Expect(int jobs, bool isSilent) => (_jobsLeft, IsSilent) = (jobs, isSilent);

    /// <summary>What an input gave.</summary>
    public void SetInput(int index, InputAllocation allocation)
    {
        _inputs[index] = allocation;
        Records += allocation.Records;
    }

    /// <summary>The batch has its records.</summary>
    public void Submit(EvaluationScope scope, DateTimeOffset now) => (_scope, _submitted) = (scope, now);

    /// <summary>A job begins. The events are raised in their order: with several job threads another job may begin at the same moment.</summary>
    public void StartJob(OutputOperation output, DateTimeOffset now, BatchEvents events)
    {
        lock (_lock)
        {
            if (_started is null)
            {
                _started = now;
                events.BatchStarted(this);
            }

            _outputs[output.Id].Started = now;
            events.OutputStarted(this, output);
        }
    }

    /// <summary>A job has ended; true for the batch's last one.</summary>
    public bool EndJob(OutputOperation output, DateTimeOffset now, string? failureReason, BatchEvents events)
    {
        lock (_lock)
        {
            ref var figures = ref _outputs[output.Id];
            (figures.Ended, figures.FailureReason) = (now, failureReason);
            events.OutputCompleted(this, output);
            return EndJob(now);
        }
    }

    /// <summary>The job that is no output's has ended; true for the batch's last one.</summary>
    public bool EndUpkeep(DateTimeOffset now)
    {
        lock (_lock)
        {
            return EndJob(now);
        }
    }

    /// <summary>What later batches need of it could not be computed.</summary>
    public void MarkFailed()
    {
        lock (_lock)
        {
            _isIncomplete = true;
        }
    }

    /// <summary>The batch as of now, for listeners.</summary>
    public BatchInfo ToInfo()
    {
        lock (_lock)
        {
            return new BatchInfo
            {
                BatchTime = Time,
                Inputs = [.. inputs.Select((input, index) => new StreamInputInfo(input.StreamId, input.DisplayName, _inputs[index].Records, _inputs[index].Blocks))],
                OutputOperations = [.. outputs.Select(ToInfo)],
                SubmissionTime = _submitted,
                ProcessingStartTime = _started,
                ProcessingEndTime = _ended,
            };
        }
    }

    private bool EndJob(DateTimeOffset now)
    {
        _ended = now;
        return --_jobsLeft == 0;
    }

    /// <summary>One of its outputs as of now, for listeners.</summary>
    public OutputOperationInfo ToInfo(OutputOperation output)
    {
        lock (_lock)
        {
            var figures = _outputs[output.Id];
            return new OutputOperationInfo
            {
                BatchTime = Time,
                Id = output.Id,
                Name = output.Name ?? output.OperatorName,
                StartTime = figures.Started,
                EndTime = figures.Ended,
                FailureReason = figures.FailureReason,
            };
        }
    }

    private struct OutputFigures
    {
        public DateTimeOffset? Started;
        public DateTimeOffset? Ended;
        public string? FailureReason;
    }
}
