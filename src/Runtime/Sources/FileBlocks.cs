using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>The blocks of one file.</summary>
internal sealed class FileBlocks<T> : IDisposable
{
    private readonly List<Block<T>> _blocks = [];

    public IReadOnlyList<Block<T>> Blocks => _blocks;

    public void Add(Block<T> block) => _blocks.Add(block);

    /// <summary>Gives the blocks up, when they did not get to a batch.</summary>
    public void Dispose()
    {
        _blocks.ForEach(block => block.Release());
        _blocks.Clear();
    }
}
