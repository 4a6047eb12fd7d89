namespace CodegenStreaming.Execution;

/// <summary>
/// Where tasks run: at most n of <c>local[n]</c> at once. There are n threads for them; a thread that starts a stage and would only wait for it
/// runs tasks of it itself, in place of one of the n, so that a short stage is done before another thread is awake. Thread-safe.
/// </summary>
internal sealed class TaskThreads : IDisposable
{
    private readonly WorkQueue<Stage> _stages = new();
    private readonly Thread[] _threads;

#pragma warning disable CA2213 // Without a wait handle there is nothing to dispose of, and threads may still leave it after the end.
    private readonly SemaphoreSlim _places;
#pragma warning restore CA2213

    /// <summary>Those threads of others that run a task at the moment.</summary>
    private readonly Thread?[] _guests;

    public TaskThreads(int count, string name)
    {
        _places = new SemaphoreSlim(count, count);
        _guests = new Thread?[count];
        _threads = new Thread[count];
        for (var index = 0; index < count; index++)
        {
            _threads[index] = new Thread(Work) { IsBackground = true, Name = $"{name} task {index}" };
        }

        Array.ForEach(_threads, thread => thread.Start());
    }

    public int Count => _threads.Length;

    /// <summary>True inside a task: there, waiting for another task would dead-lock.</summary>
    public bool IsCurrent => Array.IndexOf(_guests, Thread.CurrentThread) >= 0 || Array.IndexOf(_threads, Thread.CurrentThread) >= 0;

    /// <summary>Runs the tasks of a stage and returns when all are done.</summary>
    /// <exception cref="OperationCanceledException">The threads have been told to end.</exception>
    public void Run(Stage stage, int count)
    {
        var takesPart = _places.Wait(0, CancellationToken.None);
        try
        {
            var others = takesPart ? Math.Min(count, Count) - 1 : Math.Min(count, Count);
            if (others > 0 ? !_stages.TryAdd(stage, others) : _stages.IsCompleted)
            {
                throw new OperationCanceledException("The engine context was stopped.");
            }

            if (takesPart)
            {
                RunAsGuest(stage);
            }
        }
        finally
        {
            if (takesPart)
            {
                _places.Release();
            }
        }

        stage.Wait();
    }

    /// <summary>Ends the threads after the queued work.</summary>
    public void Dispose() => _stages.Complete();

    private void RunAsGuest(Stage stage)
    {
        var place = 0;
        while (Interlocked.CompareExchange(ref _guests[place], Thread.CurrentThread, null) is not null)
        {
            place++; // There are as many as there are places, and this thread has one of those.
        }

        while (stage.TryClaim(out var index))
        {
            stage.Run(index);
        }

        Volatile.Write(ref _guests[place], null);
    }

    private void Work()
    {
        while (_stages.TryTake(out var stage))
        {
            while (stage.TryClaim(out var index))
            {
                _places.Wait(CancellationToken.None);
                stage.Run(index);
                _places.Release();
            }
        }
    }
}
