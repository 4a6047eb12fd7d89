using CodegenStreaming.Execution;

namespace CodegenStreaming;

/// <content>Variables that tasks share. The forms with a factory make a variable at its first use, so that it is there again after a recovery.</content>
public sealed partial class EngineContext
{
    private readonly SharedVariables _variables = new();

    /// <summary>Makes a value for tasks to read.</summary>
    /// <param name="value">It must not be changed from now on.</param>
    /// <exception cref="ObjectDisposedException">The engine context was stopped.</exception>
    public Broadcast<T> Broadcast<T>(T value)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return new Broadcast<T>(value);
    }

    /// <summary>Makes an accumulator of whole numbers.</summary>
    /// <param name="name">A name for messages.</param>
    public LongAccumulator LongAccumulator(string name) => new(this, name);

    /// <summary>Makes an accumulator of numbers.</summary>
    /// <param name="name">A name for messages.</param>
    public DoubleAccumulator DoubleAccumulator(string name) => new(this, name);

    /// <summary>Makes an accumulator that collects values.</summary>
    /// <param name="name">A name for messages.</param>
    public CollectionAccumulator<T> CollectionAccumulator<T>(string name) => new(this, name);

    /// <summary>The broadcast variable of a name; made when it is first asked for.</summary>
    /// <param name="name">One for each kind of variable of the engine context.</param>
    /// <param name="create">Makes its value; called once, unless it throws.</param>
    /// <exception cref="InvalidOperationException">A variable of another type has the name.</exception>
    public Broadcast<T> GetOrCreateBroadcast<T>(string name, Func<T> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return _variables.GetOrCreate(name, () => Broadcast(create()));
    }

    /// <summary>The accumulator of a name; made when it is first asked for.</summary>
    /// <param name="name">One for each kind of variable of the engine context.</param>
    /// <exception cref="InvalidOperationException">A variable of another type has the name.</exception>
    public LongAccumulator GetOrCreateLongAccumulator(string name) => _variables.GetOrCreate(name, () => LongAccumulator(name));

    /// <summary>The accumulator of a name; made when it is first asked for.</summary>
    /// <param name="name">One for each kind of variable of the engine context.</param>
    /// <exception cref="InvalidOperationException">A variable of another type has the name.</exception>
    public DoubleAccumulator GetOrCreateDoubleAccumulator(string name) => _variables.GetOrCreate(name, () => DoubleAccumulator(name));

    /// <summary>
    /// The connection pool of a name; made when it is first asked for, and disposed with the engine context. Its connections are opened by the tasks that need
    /// them. Its clock is the engine context's.
    /// </summary>
    /// <param name="name">One for each kind of variable of the engine context.</param>
    /// <param name="open">Opens a connection.</param>
    /// <param name="options">How many, how long; the defaults when null.</param>
    /// <exception cref="InvalidOperationException">A variable of another type has the name.</exception>
    public ConnectionPool<TConnection> GetOrCreateConnectionPool<TConnection>(
        string name, Func<CancellationToken, ValueTask<TConnection>> open, ConnectionPoolOptions<TConnection>? options = null)
        where TConnection : class => _variables.GetOrCreate(name, () => new ConnectionPool<TConnection>(open, options, Time));

    /// <inheritdoc cref="GetOrCreateConnectionPool{TConnection}(string, Func{CancellationToken, ValueTask{TConnection}}, ConnectionPoolOptions{TConnection})"/>
    public ConnectionPool<TConnection> GetOrCreateConnectionPool<TConnection>(
        string name, Func<TConnection> open, ConnectionPoolOptions<TConnection>? options = null)
        where TConnection : class => _variables.GetOrCreate(name, () => new ConnectionPool<TConnection>(open, options, Time));

    /// <summary>The accumulator, or whatever else, of a name; made when it is first asked for, and disposed with the engine context if it can be.</summary>
    /// <param name="name">One for each kind of variable of the engine context.</param>
    /// <param name="create">Makes it; called once, unless it throws.</param>
    /// <exception cref="InvalidOperationException">A variable of another type has the name.</exception>
    public T GetOrCreate<T>(string name, Func<EngineContext, T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return _variables.GetOrCreate(name, () => create(this));
    }
}
