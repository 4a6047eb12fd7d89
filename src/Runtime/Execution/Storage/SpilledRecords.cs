using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>What a task has written to files because it was too much for memory: one file after another. Removed with the exchange, or when the stage fails.</summary>
internal sealed class SpilledRecords<T> : ITaskMemory
{
    private readonly List<SpillFile<T>> _files = [];

    /// <summary>The files, in the order in which their records came.</summary>
    public IReadOnlyList<SpillFile<T>> Files => _files;

    public void Add(SpillFile<T> file) => _files.Add(file);

    public void Release()
    {
        _files.ForEach(file => file.Remove());
        _files.Clear();
    }

    void ITaskMemory.Abandon() => Release();
}
