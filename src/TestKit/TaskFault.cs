using CodegenStreaming.Testing;

namespace CodegenStreaming.TestKit;

/// <summary>A failure that a test has put into the tasks of an operator. See <see cref="StreamingTest.FailTask"/>.</summary>
public sealed class TaskFault
{
    private readonly Lock _lock = new();
    private readonly string _operatorName;
    private readonly int? _partition;
    private readonly int _attempts;
    private readonly bool _afterWork;
    private readonly Exception? _exception;
    private BatchTime? _batch;
    private int _failures;

    internal TaskFault(string operatorName, int? partition, int attempts, bool afterWork, Exception? exception) =>
        (_operatorName, _partition, _attempts, _afterWork, _exception) = (operatorName, partition, attempts, afterWork, exception);

    /// <summary>How many attempts it has made fail.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>True when its batch has come.</summary>
    internal bool IsMet
    {
        get
        {
            lock (_lock)
            {
                return _batch is not null;
            }
        }
    }

    internal void Apply(TaskAttempt attempt, bool hasWorked)
    {
        if (hasWorked != _afterWork || attempt.Attempt > _attempts || (_partition is { } partition && partition != attempt.Partition))
        {
            return;
        }

        var operators = attempt.Operators;
        for (var index = 0; index < operators.Count; index++)
        {
            if ((operators[index].Name == _operatorName || operators[index].OperatorName == _operatorName) && IsForBatch(attempt.BatchTime))
            {
                Interlocked.Increment(ref _failures);
                attempt.Fail(index, _exception ?? new InjectedFaultException(
                    $"The test made {_operatorName} fail: partition {attempt.Partition}, attempt {attempt.Attempt}."));
            }
        }
    }

    /// <summary>The first batch in which it is met is the only one.</summary>
    private bool IsForBatch(BatchTime time)
    {
        lock (_lock)
        {
            return (_batch ??= time) == time;
        }
    }
}
