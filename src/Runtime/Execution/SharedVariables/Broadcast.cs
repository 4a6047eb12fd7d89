namespace CodegenStreaming;

/// <summary>
/// A value that tasks read: a table, a model, a list of words. In one process it is the value itself; a cluster brings it to each worker once. It must not be
/// changed; make a new one instead. Thread-safe.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class Broadcast<T>
{
    private sealed record Held(T Value);

    private Held? _held;

    internal Broadcast(T value) => _held = new Held(value);

    /// <summary>The value.</summary>
    /// <exception cref="ObjectDisposedException">It was destroyed.</exception>
    public T Value => Volatile.Read(ref _held) is { } held
        ? held.Value
        : throw new ObjectDisposedException($"Broadcast<{typeof(T).Name}>", "The broadcast variable was destroyed. Make a new one with EngineContext.Broadcast.");

    /// <summary>Lets go of the value; reading it throws from then on.</summary>
    public void Destroy() => Volatile.Write(ref _held, null);
}
