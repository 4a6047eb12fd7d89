using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.State;

/// <summary>
/// A state table at one moment. Read by any one thread while the table goes on; its memory is the table's until somebody writes to it there, so it is to
/// be given back soon.
/// </summary>
internal sealed class StateSnapshot<TKey, TImage, TValue>(
    StateSegment<TKey, TImage, TValue>[] segments, int count, int live, NumberSet changed, Action release) : IDisposable
    where TImage : unmanaged, IKeyImage
{
    private int _isDisposed;
    private (TKey Key, TValue Value, bool IsRemoved)[]? _changes;

    /// <summary>The number of keys.</summary>
    public int Count => live;

    /// <summary>Whether anything has changed since the snapshot before.</summary>
    public bool HasChanges => !changed.IsEmpty;

    /// <summary>The entries, in the order in which their keys were added.</summary>
    public IEnumerable<(TKey Key, TValue Value)> Read()
    {
        for (var number = 0; number < count; number++)
        {
            var (segment, place) = At(number);
            if (segment.IsLive[place])
            {
                yield return segment.Entries[place].Pair;
            }
        }
    }

    /// <summary>
    /// The entries that were added, changed or removed since the snapshot before. To be applied in this order: a key that was removed and added again
    /// comes twice, removed first.
    /// </summary>
    public IEnumerable<(TKey Key, TValue Value, bool IsRemoved)> ReadChanges() => _changes ?? LookUpChanges();

    /// <summary>
    /// Copies what has changed and gives the rest back at once, where that is a small part of the table: then nobody has to copy segments because of the snapshot. Only
    /// <see cref="ReadChanges"/> can be read afterwards. By whoever has taken it, before anybody else knows of it.
    /// </summary>
    public void CopyFewChanges()
    {
        const int Part = 8;
        var number = changed.Count();
        if (number > count / Part)
        {
            return;
        }

        var changes = new (TKey, TValue, bool)[number];
        var next = 0;
        foreach (var change in LookUpChanges())
        {
            changes[next++] = change;
        }

        _changes = changes;
        Dispose();
    }

    private IEnumerable<(TKey Key, TValue Value, bool IsRemoved)> LookUpChanges()
    {
        foreach (var number in changed.Read())
        {
            var (segment, place) = At(number);
            yield return (segment.Entries[place].Key, segment.Entries[place].Value, !segment.IsLive[place]);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            release();
        }
    }

    private (StateSegment<TKey, TImage, TValue> Segment, int Place) At(int number)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        return (segments[number >> StateSegment<TKey, TImage, TValue>.LogLength], number & (StateSegment<TKey, TImage, TValue>.Length - 1));
    }
}
