using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Observability;

/// <summary>Brings events to listeners on a thread of its own, in the order in which they were posted. Thread-safe.</summary>
internal sealed class ListenerBus : IDisposable
{
    internal const int Capacity = 10_000;

    private readonly BlockingCollection<Action> _events = [];
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private ImmutableArray<IStreamingListener> _listeners;
    private bool _isLosing;

    public ListenerBus(string name, ILogger logger, IEnumerable<IStreamingListener> listeners)
    {
        _logger = logger;
        _listeners = [.. listeners];
        _thread = new Thread(Deliver) { IsBackground = true, Name = $"{name} listeners" };
        _thread.Start();
    }

    /// <summary>True inside a listener's method.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>False spares making the event.</summary>
    public bool HasListeners => !_listeners.IsEmpty;

    public void Add(IStreamingListener listener) => ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(listener));

    public void Post<TEvent>(Action<IStreamingListener, TEvent> method, TEvent happened)
    {
        // Once events are lost they are lost until the listener has caught up: one gap, one warning.
        var waiting = _events.Count;
        if (Volatile.Read(ref _isLosing) ? waiting > 0 : waiting >= Capacity)
        {
            if (!Interlocked.Exchange(ref _isLosing, true))
            {
                _logger.ListenerEventsLost(Capacity);
            }

            return;
        }

        Volatile.Write(ref _isLosing, false);
        TryPost(() => Notify(method, happened));
    }

    /// <summary>Completes when everything posted before has been delivered.</summary>
    public Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryPost(flushed.SetResult))
        {
            flushed.SetResult();
        }

        return flushed.Task;
    }

    /// <summary>Takes no more events. What was posted is still delivered: flush first to wait for it.</summary>
    public void Dispose() => _events.CompleteAdding();

    private bool TryPost(Action deliver)
    {
        try
        {
            _events.Add(deliver);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // After the stop nobody listens.
        }
    }

    private void Deliver()
    {
        foreach (var deliver in _events.GetConsumingEnumerable())
        {
            deliver();
        }
    }

    private void Notify<TEvent>(Action<IStreamingListener, TEvent> method, TEvent happened)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                method(listener, happened);
            }
#pragma warning disable CA1031 // A listener only watches: what it throws must not touch a batch.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _logger.ListenerFailed(exception, listener.GetType().Name);
            }
        }
    }
}
