using System.Collections.Concurrent;

namespace CodegenStreaming.Execution;

/// <summary>The dedicated threads that run tasks: n of <c>local[n]</c>.</summary>
internal sealed class TaskThreads : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread[] _threads;

    public TaskThreads(int count, string name)
    {
        _threads = new Thread[count];
        for (var index = 0; index < count; index++)
        {
            _threads[index] = new Thread(Work) { IsBackground = true, Name = $"{name} task {index}" };
            _threads[index].Start();
        }
    }

    public int Count => _threads.Length;

    /// <summary>True on a task thread: there, waiting for another task would dead-lock.</summary>
    public bool IsCurrent => Array.IndexOf(_threads, Thread.CurrentThread) >= 0;

    /// <summary>Queues work, which must not throw; false when the threads have been told to end.</summary>
    public bool TryPost(Action work)
    {
        try
        {
            _work.Add(work);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Ends the threads after the queued work.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
