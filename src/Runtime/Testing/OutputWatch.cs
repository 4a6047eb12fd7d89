using CodegenStreaming.Execution;

namespace CodegenStreaming.Testing;

/// <summary>Stands before and behind the outputs of a context with a probe. Thread-safe once the context has been started.</summary>
internal sealed class OutputWatch
{
    private readonly Dictionary<OutputOperation, Action<EvaluationScope>> _before = [];
    private readonly List<(BatchTime, ProbedStream)> _running = [];

    public IReadOnlyList<(BatchTime BatchTime, ProbedStream Output)> Running
    {
        get
        {
            lock (_running)
            {
                return [.. _running];
            }
        }
    }

    /// <summary>Does something in each batch before an output runs, as part of it.</summary>
    public void Precede(OutputOperation output, Action<EvaluationScope> action) =>
        _before[output] = _before.TryGetValue(output, out var others) ? others + action : action;

    /// <summary>Tells when an output runs, and when it fails.</summary>
    public void Watch(OutputOperation output, ProbedStream described, Action<BatchTime, ProbedStream, Exception> failed)
    {
        var (run, before) = (output.Run, _before.GetValueOrDefault(output));
        output.Run = (operation, scope) =>
        {
            var current = (scope.Time!.Value, described);
            Note(running => running.Add(current));
            try
            {
                before?.Invoke(scope);
                run(operation, scope);
            }
            catch (Exception exception) when (!(exception is OperationCanceledException && scope.Cancellation.IsCancellationRequested))
            {
                failed(current.Value, described, exception);
                throw;
            }
            finally
            {
                Note(running => running.Remove(current));
            }
        };
    }

    private void Note(Action<List<(BatchTime, ProbedStream)>> change)
    {
        lock (_running)
        {
            change(_running);
        }
    }
}
