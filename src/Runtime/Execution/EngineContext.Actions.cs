namespace CodegenStreaming;

/// <content>Actions of data sets that belong to no batch.</content>
public sealed partial class EngineContext
{
    private readonly Lock _actionsLock = new();
    private CancellationTokenSource _actions = new();

    /// <summary>What those have to heed that begin now.</summary>
    internal CancellationToken ActionCancellation
    {
        get
        {
            lock (_actionsLock)
            {
                return _actions.Token;
            }
        }
    }

    /// <summary>
    /// Cancels the actions that run on data sets of this engine context, on whatever thread: they throw an <see cref="OperationCanceledException"/> as soon as
    /// their tasks have noticed. Those that are begun later run, and batches are not concerned: they end with their streaming context.
    /// </summary>
    public void CancelActions()
    {
        CancellationTokenSource running;
        lock (_actionsLock)
        {
            running = _actions;
            _actions = new CancellationTokenSource();
        }

        running.Cancel(); // Not disposed of: its actions still hold on to it.
    }
}
