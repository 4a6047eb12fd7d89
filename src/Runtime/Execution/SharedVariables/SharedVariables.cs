using System.Collections.Concurrent;

namespace CodegenStreaming.Execution;

/// <summary>What is made once per engine context, at its first use, by name. Thread-safe.</summary>
internal sealed class SharedVariables : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<object>> _byName = new(StringComparer.Ordinal);

    public T GetOrCreate<T>(string name, Func<T> create)
        where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var entry = _byName.GetOrAdd(name, _ => new Lazy<object>(create));
        try
        {
            return entry.Value as T
                ?? throw new InvalidOperationException($"The shared variable '{name}' is a {entry.Value.GetType().Name}, not a {typeof(T).Name}. Give one of them another name.");
        }
        catch when (!entry.IsValueCreated)
        {
            // What could not be made is tried again by the next one who asks.
            _byName.TryRemove(new KeyValuePair<string, Lazy<object>>(name, entry));
            throw;
        }
    }

    /// <summary>Disposes what can be disposed.</summary>
    public void Dispose()
    {
        foreach (var (name, variable) in _byName)
        {
            if (variable.IsValueCreated && _byName.TryRemove(name, out _))
            {
                (variable.Value as IDisposable)?.Dispose();
            }
        }
    }
}
