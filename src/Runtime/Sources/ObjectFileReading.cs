using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Reads the records of object files; a file is one partition. What can't be read is a failure.</summary>
/// <param name="codec">The user's; null for that of the type.</param>
internal sealed class ObjectFileReading<T>(RecordCodec<T>? codec) : FileReading<T>
{
    public override bool RefersToBlocks => false;

    public override FileBlocks<T> ReadWhole(string path, TaskScope task, DatasetNode node)
    {
        var blocks = new FileBlocks<T>();
        var isWhole = false;
        try
        {
            foreach (var block in Read(path, task, node))
            {
                blocks.Add(block);
            }

            isWhole = true;
            return blocks;
        }
        finally
        {
            if (!isWhole)
            {
                blocks.Dispose();
            }
        }
    }

    public override IEnumerable<FileRange> RangesOf(string path) => [new FileRange(path, 0, long.MaxValue)];

    public override IEnumerable<Block<T>> ReadRange(FileRange range, TaskScope task, DatasetNode node) => Read(range.Path, task, node);

    private IEnumerable<Block<T>> Read(string path, TaskScope task, DatasetNode node)
    {
        var scope = task.Scope;
        var used = codec ?? scope.Engine.Codecs.Of<T>(node.Site, node.Pipeline);
        using var reader = new ObjectFileReader<T>(TextFile.Open(path), path, used, scope.Pool);
        while (reader.Read() is { } block)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            yield return block;
        }
    }
}
