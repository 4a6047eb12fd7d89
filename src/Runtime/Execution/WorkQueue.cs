using System.Diagnostics.CodeAnalysis;

namespace CodegenStreaming.Execution;

/// <summary>
/// Hands work to threads, first in, first out. Who finds none spins for some tens of microseconds, the time between two stages of a batch, and then
/// sleeps: a thread that sleeps is back only after about as long. Nothing is allocated once the queue has its size. Thread-safe.
/// </summary>
internal sealed class WorkQueue<T>
{
    private readonly object _gate = new(); // A monitor: waking exactly as many as there is work for.
    private T[] _items = new T[16];
    private int _first;
    private int _count;
    private int _sleeping;
    private bool _isCompleted;

    /// <summary>True when nothing can be added any more.</summary>
    public bool IsCompleted => Volatile.Read(ref _isCompleted);

    /// <summary>Adds an item a number of times, for as many threads; false when the queue has been completed.</summary>
    public bool TryAdd(T item, int times = 1)
    {
        lock (_gate)
        {
            if (_isCompleted)
            {
                return false;
            }

            for (var time = 0; time < times; time++)
            {
                if (_count == _items.Length)
                {
                    Grow();
                }

                _items[(_first + _count) % _items.Length] = item;
                Volatile.Write(ref _count, _count + 1); // Those that spin look at it outside the lock.
            }

            for (var waking = Math.Min(times, _sleeping); waking > 0; waking--)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Takes the next item and waits for one; false when the queue has been completed and is empty.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        Spin();
        lock (_gate)
        {
            while (_count == 0)
            {
                if (_isCompleted)
                {
                    item = default;
                    return false;
                }

                _sleeping++;
                Monitor.Wait(_gate);
                _sleeping--;
            }

            item = _items[_first];
            _items[_first] = default!;
            _first = (_first + 1) % _items.Length;
            _count--;
            return true;
        }
    }

    /// <summary>Takes nothing more; who waits leaves once the queue is empty.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Spin()
    {
        for (var spin = new ShortSpin(); Volatile.Read(ref _count) == 0 && !IsCompleted && spin.TryOnce();)
        {
        }
    }

    private void Grow()
    {
        var larger = new T[_items.Length * 2];
        for (var index = 0; index < _count; index++)
        {
            larger[index] = _items[(_first + index) % _items.Length];
        }

        (_items, _first) = (larger, 0);
    }
}
