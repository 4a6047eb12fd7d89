using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary>
/// The state of a stream, read from outside while the stream runs: by a web handler that is asked for one key, say. Every call sees the state as it was at the end
/// of a batch, the last one; a batch that is at work is waited for, while the stream waits for nobody. After the stop it shows the last state. Thread-safe.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TState">The state of a key.</typeparam>
public sealed class KeyedState<TKey, TState>
{
    private readonly StreamingContext _context;
    private readonly IReadableState<TKey, TState> _state;

    internal KeyedState(StreamingContext context, string name, IReadableState<TKey, TState> state) =>
        (_context, Name, _state) = (context, name, state);

    /// <summary>The stream's name.</summary>
    public string Name { get; }

    /// <summary>The last batch that is in the state; null before the first one.</summary>
    /// <exception cref="StreamingException">Called inside a task.</exception>
    public BatchTime? BatchTime
    {
        get
        {
            CheckOutside();
            return _state.CountKeys(out _);
        }
    }

    /// <summary>The number of keys.</summary>
    /// <exception cref="StreamingException">Called inside a task.</exception>
    public long Count
    {
        get
        {
            CheckOutside();
            _state.CountKeys(out var count);
            return count;
        }
    }

    /// <summary>The state of a key, or none.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="StreamingException">Called inside a task.</exception>
    public Option<TState> Get(TKey key)
    {
        CheckOutside();
        _state.Find(key, out var state);
        return state;
    }

    /// <summary>The state of a key, or none. While a batch changes the state no thread waits for it: for web servers and the like.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="StreamingException">Called inside a task.</exception>
    public ValueTask<Option<TState>> GetAsync(TKey key, CancellationToken cancellationToken = default)
    {
        CheckOutside();
        return _state.FindAsync(key, cancellationToken);
    }

    /// <summary>Gives the state of a key; false where it has none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="state">Its state.</param>
    /// <exception cref="StreamingException">Called inside a task.</exception>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TState state) => Get(key).TryGetValue(out state);

    /// <summary>All keys and their states, as of one batch. Copied by the calling thread.</summary>
    /// <exception cref="StreamingException">Called inside a task.</exception>
    public IReadOnlyList<(TKey Key, TState State)> ToList() => ToList(out _);

    /// <summary>All keys and their states, and the batch that they are of.</summary>
    /// <param name="batchTime">The last batch that is in the state; null before the first one.</param>
    /// <exception cref="StreamingException">Called inside a task.</exception>
    public IReadOnlyList<(TKey Key, TState State)> ToList(out BatchTime? batchTime)
    {
        CheckOutside();
        var states = new List<(TKey Key, TState State)>();
        batchTime = _state.Copy(states);
        return states;
    }

    /// <summary>All keys and their states, as of one batch. While a batch changes the state no thread waits for it.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="StreamingException">Called inside a task.</exception>
    public async ValueTask<IReadOnlyList<(TKey Key, TState State)>> ToListAsync(CancellationToken cancellationToken = default)
    {
        CheckOutside();
        var states = new List<(TKey Key, TState State)>();
        await _state.CopyAsync(states, cancellationToken).ConfigureAwait(false);
        return states;
    }

    /// <summary>A task would wait for its own batch.</summary>
    private void CheckOutside()
    {
        if (_context.Engine.Threads.IsCurrent)
        {
            throw new StreamingException(
                $"The state '{Name}' was read inside a function that runs in a task, where its batch may be waiting for that task. Read it outside of batches, or on the driver, "
                + "and pass in the values. The state of a record's own key is given to the function of MapWithState.");
        }
    }
}
