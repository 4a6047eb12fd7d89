namespace CodegenStreaming.Batches;

/// <summary>
/// The bound on received, unprocessed data. Whoever receives reserves before it stores, and waits while the budget is used up; the batch releases
/// when it is done. One reservation is always granted when nothing is pending, however large it is, so that no record is too large to pass. Thread-safe.
/// </summary>
internal sealed class PendingMemory(long maximumBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Granted)> _waiting = new();
    private long _used;

    /// <summary>Bytes reserved and not yet released.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>True while someone waits for room.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Reserves room; completes at once while there is some.</summary>
    public ValueTask ReserveAsync(long bytes, CancellationToken cancellation)
    {
        TaskCompletionSource granted;
        lock (_lock)
        {
            if (_waiting.Count == 0 && HasRoom(bytes))
            {
                _used += bytes;
                return ValueTask.CompletedTask;
            }

            granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((bytes, granted));
        }

        return WaitAsync(granted, cancellation);
    }

    /// <summary>Gives room back.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            GrantWaiting();
        }
    }

    private async ValueTask WaitAsync(TaskCompletionSource granted, CancellationToken cancellation)
    {
        using var registration = cancellation.Register(() => GiveUp(granted, cancellation));
        await granted.Task.ConfigureAwait(false);
    }

    /// <summary>Whoever waits behind one that gives up may have room now.</summary>
    private void GiveUp(TaskCompletionSource granted, CancellationToken cancellation)
    {
        lock (_lock)
        {
            granted.TrySetCanceled(cancellation);
            GrantWaiting();
        }
    }

    private bool HasRoom(long bytes) => _used == 0 || _used + bytes <= maximumBytes;

    private void GrantWaiting()
    {
        while (_waiting.TryPeek(out var next) && (next.Granted.Task.IsCanceled || HasRoom(next.Bytes)))
        {
            _waiting.Dequeue();
            if (next.Granted.TrySetResult())
            {
                _used += next.Bytes;
            }
        }
    }
}
