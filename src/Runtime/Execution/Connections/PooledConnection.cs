namespace CodegenStreaming;

/// <summary>A connection of a pool, as long as somebody uses it. Disposing it gives the connection back. Not thread-safe.</summary>
/// <typeparam name="TConnection">The connection.</typeparam>
public sealed class PooledConnection<TConnection> : IDisposable, IAsyncDisposable
    where TConnection : class
{
    private readonly ConnectionPool<TConnection> _pool;
    private TConnection? _connection;
    private bool _isDiscarded;

    internal PooledConnection(ConnectionPool<TConnection> pool, TConnection connection) => (_pool, _connection) = (pool, connection);

    /// <summary>The connection.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public TConnection Connection => _connection ?? throw new ObjectDisposedException(nameof(PooledConnection<>), "The connection was given back to its pool.");

    /// <summary>The connection is of no more use: it will be closed and not be used again.</summary>
    public void Discard() => _isDiscarded = true;

    /// <summary>Gives the connection back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            _pool.GiveBack(connection, _isDiscarded);
        }
    }

    /// <summary>Gives the connection back.</summary>
    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _connection, null) is { } connection ? _pool.GiveBackAsync(connection, _isDiscarded) : ValueTask.CompletedTask;
}
