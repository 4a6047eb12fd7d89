namespace CodegenStreaming.Batches;

/// <summary>Which batches have been made and which of them are not done: what a stop, a step of a test, waits for. Thread-safe.</summary>
internal sealed class BatchLedger
{
    private readonly Lock _lock = new();
    private readonly List<BatchTime> _active = [];
    private readonly List<(Func<bool> IsMet, TaskCompletionSource Met)> _waiting = [];
    private BatchTime _lastMade = new(long.MinValue);

    /// <summary>Batches made and not done.</summary>
    public int ActiveCount
    {
        get
        {
            lock (_lock)
            {
                return _active.Count;
            }
        }
    }

    /// <summary>The latest batch made; before the first one, a time before all others.</summary>
    public BatchTime LastMade
    {
        get
        {
            lock (_lock)
            {
                return _lastMade;
            }
        }
    }

    /// <summary>A batch is about to get its records.</summary>
    public void Begin(BatchTime time)
    {
        lock (_lock)
        {
            _lastMade = time;
            _active.Add(time);
        }
    }

    /// <summary>A batch is done, well or not, and has given back what it used.</summary>
    public void Complete(BatchTime time)
    {
        lock (_lock)
        {
            _active.Remove(time);
            MeetWaiting();
        }
    }

    /// <summary>Completes when the batch of a time and all before it have been made and are done.</summary>
    public Task WaitForAsync(BatchTime time) => WaitUntilAsync(() => _lastMade >= time && _active.TrueForAll(active => active > time));

    /// <summary>Completes when a batch after a time has been made and none is under way.</summary>
    public Task WaitForNextAsync(BatchTime after) => WaitUntilAsync(() => _lastMade > after && _active.Count == 0);

    /// <summary>Completes when fewer batches than that are under way.</summary>
    public Task WaitForRoomAsync(int most) => WaitUntilAsync(() => _active.Count < most);

    /// <summary>Completes when no batch is under way.</summary>
    public Task WaitUntilIdleAsync() => WaitUntilAsync(() => _active.Count == 0);

    private Task WaitUntilAsync(Func<bool> isMet)
    {
        lock (_lock)
        {
            if (isMet())
            {
                return Task.CompletedTask;
            }

            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((isMet, met));
            return met.Task;
        }
    }

    private void MeetWaiting()
    {
        for (var index = _waiting.Count - 1; index >= 0; index--)
        {
            if (_waiting[index].IsMet())
            {
                _waiting[index].Met.SetResult();
                _waiting.RemoveAt(index);
            }
        }
    }
}
