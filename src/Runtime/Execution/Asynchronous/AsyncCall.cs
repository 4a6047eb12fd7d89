namespace CodegenStreaming.Execution.Asynchronous;

/// <summary>A record on its way through an asynchronous function. The task's until the call begins and when it is done, the call's between; used for one record after another.</summary>
internal sealed class AsyncCall<TIn, TResult> : IDisposable
{
    private CancellationTokenSource? _attempt;
    private volatile bool _isDone;

    public TIn? Record { get; set; }

    public TResult? Result { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>True when the call has ended, one way or the other.</summary>
    public bool IsDone
    {
        get => _isDone;
        set => _isDone = value;
    }

    /// <summary>A token that can be cancelled for one attempt alone. It serves one attempt after another, as long as none had to be cancelled.</summary>
    /// <param name="stopping">Cancels all calls of the task.</param>
    public CancellationToken TokenOfAttempt(CancellationToken stopping) =>
        (_attempt ??= CancellationTokenSource.CreateLinkedTokenSource(stopping)).Token;

    /// <summary>Cancels the attempt's token.</summary>
    public async Task CancelAttemptAsync()
    {
        using var attempt = _attempt!;
        _attempt = null;
        await attempt.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose() => _attempt?.Dispose();
}
