using System.Runtime.ExceptionServices;

namespace CodegenStreaming.Batches;

/// <summary>What waits for a context's end: its stop, or the first failure of a batch. Thread-safe.</summary>
internal sealed class Termination(TimeProvider time)
{
    private readonly TaskCompletionSource<Exception?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<Action<Exception?>> _actions = [];
    private bool _hasEnded;
    private Exception? _failure;

    public void Stop() => End(null);

    /// <summary>Reports a failure; all but the first are only logged where they happen.</summary>
    public void Fail(Exception failure) => End(failure);

    /// <summary>
    /// Calls an action at the end, with the failure if there is one: on the thread that reports it and before anybody else is told, so that no later
    /// batch comes in between. At once where the end has come.
    /// </summary>
    public void WhenEnded(Action<Exception?> action)
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _actions.Add(action);
                return;
            }
        }

        action(_failure);
    }

    /// <summary>Completes with the stop; throws the first failure as it was.</summary>
    public async Task WaitAsync(CancellationToken cancellation) =>
        Throw(await _end.Task.WaitAsync(cancellation).ConfigureAwait(false));

    /// <summary>The same, with a limit; false when it has passed.</summary>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await _end.Task.WaitAsync(limit, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false; // The limit's: a failure is the task's result and never thrown by it.
        }

        Throw(await _end.Task.ConfigureAwait(false));
        return true;
    }

    private void End(Exception? failure)
    {
        lock (_lock)
        {
            if (_hasEnded)
            {
                return;
            }

            (_hasEnded, _failure) = (true, failure);
        }

        foreach (var action in _actions)
        {
            action(failure);
        }

        _end.TrySetResult(failure);
    }

    private static void Throw(Exception? failure)
    {
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
