namespace CodegenStreaming.Execution.Asynchronous;

/// <summary>
/// How many calls of one operator may run at once, over all its tasks; and the place where those tasks wait for their calls. A place is held by a call that
/// runs, never by a task that waits for something else: whatever waits here goes on when calls end. Thread-safe.
/// </summary>
internal sealed class AsyncLimit(int most)
{
    /// <summary>Not a <see cref="Lock"/>, which cannot wait.</summary>
    private readonly object _gate = new();

    private int _free = most;
    private int _waiting;

    public bool HasPlace => Volatile.Read(ref _free) > 0;

    public bool TryEnter()
    {
        for (var free = Volatile.Read(ref _free); free > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _free, free - 1, free);
            if (seen == free)
            {
                return true;
            }

            free = seen;
        }

        return false;
    }

    /// <summary>Gives back a place. What the call has written before is seen by the tasks that this wakes.</summary>
    public void Leave()
    {
        Interlocked.Increment(ref _free);
        if (Volatile.Read(ref _waiting) > 0) // Read after the increment and all before it; who waits counts first, and looks then.
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Returns when there is something to do for a task. Asked again whenever a call of the operator ends.</summary>
    public void Wait(Func<bool> canGoOn)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _waiting);
            while (!canGoOn())
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _waiting);
        }
    }
}
