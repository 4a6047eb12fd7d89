using System.Collections.Concurrent;
using System.ComponentModel;
using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.Testing;

/// <summary>For test kits: checkpoints in memory, which the contexts of a test have one after another. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProbedCheckpoints
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private volatile Store? _store;

    /// <summary>From now on nothing that the context writes is kept, as if its process had been killed; the context does not notice.</summary>
    public void Cut() => _store?.Cut();

    /// <summary>What the next context has; the one before is cut off.</summary>
    internal ICheckpointStore Open()
    {
        Cut();
        return _store = new Store(_files);
    }

    private sealed class Store(ConcurrentDictionary<string, byte[]> files) : ICheckpointStore
    {
        private readonly Lock _lock = new();
        private bool _isCut;

        public string Location => "the memory of the test";

        public IReadOnlyCollection<string> List() => [.. files.Keys];

        public byte[]? Read(string name) => files.GetValueOrDefault(name);

        public bool TryCreate(string name, ReadOnlySpan<byte> bytes)
        {
            lock (_lock)
            {
                return _isCut || files.TryAdd(name, bytes.ToArray());
            }
        }

        public void Delete(string name)
        {
            lock (_lock)
            {
                if (!_isCut)
                {
                    files.TryRemove(name, out _);
                }
            }
        }

        public void Cut()
        {
            lock (_lock)
            {
                _isCut = true;
            }
        }
    }
}
