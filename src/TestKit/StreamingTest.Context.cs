using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.Testing;

namespace CodegenStreaming.TestKit;

public sealed partial class StreamingTest
{
    private readonly List<TaskFault> _faults = [];

    /// <summary>What the test has asked of the pipeline's streams, to be asked again after a restart.</summary>
    private readonly List<Binding> _bindings = [];

    private readonly ProbedCheckpoints _checkpoints = new();
    private ContextProbe _probe;
    private int _definedStreams;
    private int _definedOutputs;

    /// <summary>
    /// Makes tasks of an operator fail in the next batch that runs any. A task that fails is tried again, and its batch fails when it has failed
    /// <see cref="StreamingOptions.MaxTaskFailures"/> times (once by default, so set it where the task is to succeed in the end).
    /// </summary>
    /// <param name="operatorName">
    /// The operator, output or action, such as <c>Map</c>, <c>Print</c> or <c>Collect</c>, or the name given by <c>Named</c>. A task computes a chain of
    /// operators: it fails as if a function of this one had thrown.
    /// </param>
    /// <param name="partition">The partition of the task, from zero; null for all.</param>
    /// <param name="attempts">How many attempts fail, from the first; <see cref="int.MaxValue"/> for all.</param>
    /// <param name="afterWork">False (the default) to fail before a record is processed; true to fail when all are, so that a retry does everything twice.</param>
    /// <param name="exception">What is thrown; by default an <see cref="InjectedFaultException"/>.</param>
    public TaskFault FailTask(
        string operatorName, int? partition = null, int attempts = 1, bool afterWork = false, Exception? exception = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(operatorName);
        ArgumentOutOfRangeException.ThrowIfNegative(partition ?? 0, nameof(partition));
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        var fault = new TaskFault(operatorName, partition, attempts, afterWork, exception);
        lock (_faults)
        {
            _faults.Add(fault);
        }

        WatchTasks();
        return fault;
    }

    [MemberNotNull(nameof(_probe), nameof(Streaming))]
    private void Define()
    {
        Streaming = _options.Engine is { } engine
            ? new StreamingContext(engine, _options.Streaming, Time, _options.LoggerFactory, _printed)
            : new StreamingContext(_options.Streaming, Time, _options.LoggerFactory, _printed);
        _probe = ContextProbe.Attach(Streaming);
        _probe.Failed = OnFailed;
        if (_options.KeepsCheckpoints)
        {
            _probe.KeepCheckpoints(_checkpoints);
        }

        _define?.Invoke(Streaming);
        (_definedStreams, _definedOutputs) = (_probe.Streams.Count, _probe.Outputs.Count);
    }

    /// <summary>Defines everything once more, in a context of its own.</summary>
    private void DefineAgain()
    {
        var captures = _bindings.Count(binding => binding.AddsOutput);
        if (_define is null || (_probe.Streams.Count, _probe.Outputs.Count - captures) != (_definedStreams, _definedOutputs))
        {
            throw new StreamingTestException(
                "The test cannot be restarted: streams were defined outside the function or pipeline that was given to its constructor, and would be missing.");
        }

        Define();
        lock (_faults)
        {
            _faults.RemoveAll(static fault => fault.IsMet); // Where its batch is run again, that is another run.
        }

        foreach (var binding in _bindings)
        {
            binding.Apply(_probe);
        }

        WatchTasks();
    }

    private void Bind(ProbedStream stream, Action<ContextProbe, ProbedStream> action)
    {
        var binding = new Binding(stream, action);
        binding.Apply(_probe);
        _bindings.Add(binding);
    }

    private void WatchTasks()
    {
        lock (_faults)
        {
            if (_faults.Count > 0)
            {
                _probe.TaskStarting = attempt => ApplyFaults(attempt, hasWorked: false);
                _probe.TaskEnding = attempt => ApplyFaults(attempt, hasWorked: true);
            }
        }
    }

    private void ApplyFaults(TaskAttempt attempt, bool hasWorked)
    {
        TaskFault[] faults;
        lock (_faults)
        {
            faults = [.. _faults];
        }

        foreach (var fault in faults)
        {
            fault.Apply(attempt, hasWorked);
        }
    }

    private void OnFailed(BatchTime time, ProbedStream place, Exception exception)
    {
        var task = exception as StreamingTaskException;
        _progress.Fail(new BatchFailure(
            time,
            StreamChoice.Describe(place),
            task?.OperatorName ?? place.OperatorName,
            task is null ? place.Name : task.OperatorId >= 0 ? _probe.Streams[task.OperatorId].Name : null,
            exception));
    }

    private void CheckNotStarted(string what)
    {
        if (Streaming.State != StreamingContextState.Initialized)
        {
            throw new StreamingTestException($"{what} before the test begins; it has begun with its first step.");
        }
    }

    /// <summary>A stream, by its place in the definition, and what is done with it.</summary>
    private sealed class Binding(ProbedStream stream, Action<ContextProbe, ProbedStream> action)
    {
        private int _outputsBefore;
        private int _outputsAfter;

        /// <summary>True where an output was added for it.</summary>
        public bool AddsOutput => _outputsAfter > _outputsBefore;

        public void Apply(ContextProbe probe)
        {
            var streams = stream.Kind switch
            {
                ProbedStreamKind.Source => probe.Sources,
                ProbedStreamKind.Output => probe.Outputs,
                _ => probe.Streams,
            };
            var found = stream.Id < streams.Count ? streams[stream.Id] : null;
            if (found is null || found.OperatorName != stream.OperatorName || found.RecordType != stream.RecordType)
            {
                throw new StreamingTestException(
                    $"{StreamChoice.Describe(stream)} is not where it was: after the restart something else is defined than before.");
            }

            _outputsBefore = probe.Outputs.Count;
            action(probe, found);
            _outputsAfter = probe.Outputs.Count;
        }
    }
}
