namespace CodegenStreaming;

/// <summary>
/// Connections to a database or a service, made when they are first needed and used again by later tasks and batches. The one that was given back last is
/// used first, so that a pool which is larger than it need be shrinks by its idle time-out. Thread-safe.
/// </summary>
/// <typeparam name="TConnection">The connection. It is disposed when it is closed, if it can be.</typeparam>
public sealed class ConnectionPool<TConnection> : IDisposable, IAsyncDisposable
    where TConnection : class
{
    private readonly Func<CancellationToken, ValueTask<TConnection>> _open;
    private readonly ConnectionPoolOptions<TConnection> _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    /// <summary>Connections that nobody uses; the longest unused one first.</summary>
    private readonly List<(TConnection Connection, long Since)> _idle = [];

#pragma warning disable CA2213 // Whoever waits must be able to leave after the end; without a wait handle there is nothing to dispose of.
    private readonly SemaphoreSlim _places;
#pragma warning restore CA2213

    private ITimer? _timer;
    private int _used;
    private bool _isDisposed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="open">Opens a connection; called by whoever needs one while no other is idle.</param>
    /// <param name="options">How many, how long; the defaults when null.</param>
    /// <param name="timeProvider">The clock of the idle time-out; the machine's by default.</param>
    /// <exception cref="ArgumentException">A setting has a value that it cannot have; the message names both.</exception>
    public ConnectionPool(
        Func<CancellationToken, ValueTask<TConnection>> open, ConnectionPoolOptions<TConnection>? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        (_open, _options, _time) = (open, (options ?? new ConnectionPoolOptions<TConnection>()).Validated(), timeProvider ?? TimeProvider.System);
        _places = new SemaphoreSlim(_options.MaxSize);
    }

    /// <summary>Makes an empty pool of connections that open without waiting.</summary>
    /// <param name="open">Opens a connection; called by whoever needs one while no other is idle.</param>
    /// <param name="options">How many, how long; the defaults when null.</param>
    /// <param name="timeProvider">The clock of the idle time-out; the machine's by default.</param>
    /// <exception cref="ArgumentException">A setting has a value that it cannot have; the message names both.</exception>
    public ConnectionPool(Func<TConnection> open, ConnectionPoolOptions<TConnection>? options = null, TimeProvider? timeProvider = null)
        : this(open is null ? null! : _ => new ValueTask<TConnection>(open()), options, timeProvider)
    {
    }

    /// <summary>How many connections there are, in use or not.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _used + _idle.Count;
            }
        }
    }

    /// <summary>How many connections nobody uses.</summary>
    public int IdleCount
    {
        get
        {
            lock (_lock)
            {
                return _idle.Count;
            }
        }
    }

    /// <summary>Takes a connection for use; the thread waits while all are in use, and while one is opened.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>To be disposed after use, which gives the connection back.</returns>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public PooledConnection<TConnection> Rent(CancellationToken cancellationToken = default)
    {
        _places.Wait(cancellationToken);
        var opening = TakeAsync(cancellationToken);
        return opening.IsCompleted ? opening.GetAwaiter().GetResult() : opening.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Takes a connection for use; waits while all are in use, and while one is opened.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>To be disposed after use, which gives the connection back.</returns>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public async ValueTask<PooledConnection<TConnection>> RentAsync(CancellationToken cancellationToken = default)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await TakeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connections that nobody uses, and the others when they are given back. Who waits for one gets an exception.</summary>
    public void Dispose()
    {
        foreach (var connection in TakeAll())
        {
            Close(connection);
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in TakeAll())
        {
            await CloseAsync(connection).ConfigureAwait(false);
        }
    }

    internal void GiveBack(TConnection connection, bool isDiscarded)
    {
        if (!TryKeep(connection, isDiscarded))
        {
            Close(connection);
        }

        _places.Release();
    }

    internal async ValueTask GiveBackAsync(TConnection connection, bool isDiscarded)
    {
        if (!TryKeep(connection, isDiscarded))
        {
            await CloseAsync(connection).ConfigureAwait(false);
        }

        _places.Release();
    }

    /// <summary>Takes or opens a connection, for a caller who has one of the places.</summary>
    private async ValueTask<PooledConnection<TConnection>> TakeAsync(CancellationToken cancellation)
    {
        try
        {
            while (TryTakeIdle() is { } idle)
            {
                if (await IsHealthyAsync(idle, cancellation).ConfigureAwait(false))
                {
                    return new PooledConnection<TConnection>(this, idle);
                }

                GiveUp();
                await CloseAsync(idle).ConfigureAwait(false);
            }

            var opened = await _open(cancellation).ConfigureAwait(false);
            lock (_lock)
            {
                _used++;
            }

            return new PooledConnection<TConnection>(this, opened);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    private TConnection? TryTakeIdle()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_idle.Count == 0)
            {
                return null;
            }

            var connection = _idle[^1].Connection;
            _idle.RemoveAt(_idle.Count - 1);
            _used++;
            return connection;
        }
    }

    private async ValueTask<bool> IsHealthyAsync(TConnection connection, CancellationToken cancellation)
    {
        if (_options.IsHealthy is null)
        {
            return true;
        }

        try
        {
            return await _options.IsHealthy(connection, cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A connection that cannot even be asked is not healthy.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false; // Also when the caller has given up: opening another one will tell.
        }
    }

    /// <summary>Keeps a connection that is given back; false where it is to be closed.</summary>
    private bool TryKeep(TConnection connection, bool isDiscarded)
    {
        lock (_lock)
        {
            _used--;
            if (isDiscarded || _isDisposed)
            {
                return false;
            }

            _idle.Add((connection, _time.GetTimestamp()));
            if (_idle.Count == 1)
            {
                SetTimer();
            }

            return true;
        }
    }

    private void GiveUp()
    {
        lock (_lock)
        {
            _used--;
        }
    }

    /// <summary>Lets the timer fire when the longest unused connection has been unused for too long. Under the lock.</summary>
    private void SetTimer()
    {
        if (_options.IdleTimeout is { } timeout && _idle.Count > 0)
        {
            _timer ??= _time.CreateTimer(static pool => ((ConnectionPool<TConnection>)pool!).CloseUnused(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var left = timeout - _time.GetElapsedTime(_idle[0].Since);
            _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void CloseUnused()
    {
        TConnection[] unused;
        lock (_lock)
        {
            var count = _idle.FindIndex(idle => _time.GetElapsedTime(idle.Since) < _options.IdleTimeout!.Value);
            count = count < 0 ? _idle.Count : count;
            unused = [.. _idle.Take(count).Select(idle => idle.Connection)];
            _idle.RemoveRange(0, count);
            SetTimer();
        }

        _ = CloseAllAsync(unused); // Never throws.
    }

    private static async Task CloseAllAsync(TConnection[] connections)
    {
        foreach (var connection in connections)
        {
            await CloseAsync(connection).ConfigureAwait(false);
        }
    }

    private TConnection[] TakeAll()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return [];
            }

            _isDisposed = true;
            _timer?.Dispose();
            TConnection[] all = [.. _idle.Select(idle => idle.Connection)];
            _idle.Clear();
            _places.Release(); // Wakes who waits: that one finds the pool disposed and wakes the next.
            return all;
        }
    }

    private static void Close(TConnection connection)
    {
        try
        {
            if (connection is IDisposable disposable)
            {
                disposable.Dispose();
            }
            else if (connection is IAsyncDisposable asynchronously)
            {
                asynchronously.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }
#pragma warning disable CA1031 // What is closed is often broken already.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static async ValueTask CloseAsync(TConnection connection)
    {
        try
        {
            if (connection is IAsyncDisposable asynchronously)
            {
                await asynchronously.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (connection as IDisposable)?.Dispose();
            }
        }
#pragma warning disable CA1031 // What is closed is often broken already.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
