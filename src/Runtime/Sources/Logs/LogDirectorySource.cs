using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming;

/// <summary>
/// A log on a disk, as <see cref="LogDirectoryWriter{T}"/> writes it: a directory with a sub-directory for each partition. Positions are the numbers of records, from zero.
/// Records are there to be read when their writer has flushed them. <c>streaming.LogStream</c> makes a stream of it.
/// </summary>
/// <typeparam name="T">The record type.</typeparam>
public sealed class LogDirectorySource<T> : DirectSource<T, long>
{
    private readonly string _directory;
    private readonly RecordCodec<T>? _codec;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LogPartition> _partitions = [];

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="directory">The directory. It need not be there yet; partitions join as they appear.</param>
    /// <param name="codec">
    /// Reads the records, which may have been written with an older version of their type. When null the engine context's, the generated, or the built-in codec of the type.
    /// </param>
    public LogDirectorySource(string directory, RecordCodec<T>? codec = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        (_directory, _codec) = (Path.GetFullPath(directory), codec);
    }

    /// <inheritdoc/>
    public override string Name => "Log directory";

    /// <inheritdoc/>
    public override string Origin => _directory;

    /// <summary>
    /// False (the default) to begin partitions that have no position with their first record; true, where no partition has a position yet, to leave out what is there when the
    /// first batch is made. Partitions that appear later are read from their first record in any case.
    /// </summary>
    public bool SkipsExisting { get; init; }

    /// <summary>
    /// True to delete segments all of whose records lie before the positions that were committed: no restart needs them. False by default. Whoever reads the same log, too,
    /// misses them.
    /// </summary>
    public bool DeletesCommitted { get; init; }

    /// <summary>True when what is there has been skipped, or is not to be.</summary>
    private bool _hasBegun;

    /// <inheritdoc/>
    public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        var names = LogSegments.Partitions(_directory);
        var ranges = new List<DirectRange<long>>(names.Length);
        foreach (var name in names)
        {
            if (RangeOf(name, positions) is { } range)
            {
                ranges.Add(range);
            }
        }

        _hasBegun = true;
        return ranges;
    }

    /// <inheritdoc/>
    public override DirectRange<long> Limit(DirectRange<long> range, long records)
    {
        ArgumentNullException.ThrowIfNull(range);
        var count = Math.Min(records, range.Until - range.From);
        return range with { Until = range.From + count, Count = count };
    }

    /// <inheritdoc/>
    /// <exception cref="StreamingException">Records are gone or damaged; the message names the file.</exception>
    public override IEnumerable<T> Read(DirectRange<long> range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        var codec = _codec ?? BuiltInCodecs.Find<T>() ?? throw new MissingCodecException(typeof(T));
        return ReadOneByOne(ReadBlocks(range, codec, new BlockPool(), cancellationToken));
    }

    /// <inheritdoc/>
    public override void Commit(IReadOnlyDictionary<string, long> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (!DeletesCommitted)
        {
            return;
        }

        foreach (var (name, position) in positions)
        {
            var directory = Path.Combine(_directory, name);
            var segments = Directory.Exists(directory) ? LogSegments.List(directory) : [];
            for (var index = 0; index + 1 < segments.Length && segments[index + 1] <= position; index++)
            {
                File.Delete(LogSegments.PathOf(directory, segments[index]));
            }
        }
    }

    internal override IEnumerable<Block<T>> ReadBlocks(DirectRange<long> range, TaskScope task, DatasetNode<T> node) =>
        ReadBlocks(range, _codec ?? task.Scope.Engine.Codecs.Of<T>(node.Site, node.Pipeline), task.Scope.Pool, task.Cancellation);

    private IEnumerable<Block<T>> ReadBlocks(DirectRange<long> range, RecordCodec<T> codec, BlockPool pool, CancellationToken cancellation)
    {
        var partition = PartitionOf(range.Partition);
        return new LogRange<T>(partition.Path, codec, pool).Read(range.From, range.Until, partition.Index.Find(range.From), cancellation);
    }

    private DirectRange<long>? RangeOf(string name, IReadOnlyDictionary<string, long> positions)
    {
        var partition = PartitionOf(name);
        var isKnown = positions.TryGetValue(name, out var from);
        var skips = !isKnown && SkipsExisting && !_hasBegun && positions.Count == 0;
        if (partition.FindEnd(isKnown ? from : skips ? partition.FindLastSegment() : null) is not { } end)
        {
            return null;
        }

        if (!isKnown)
        {
            from = skips ? end : partition.FindStart() ?? end;
        }
        else if (from > end)
        {
            throw new StreamingException(
                $"The log {partition.Path} ends at record {end}, and has been read until {from}. Its files are not those that were read: they were replaced, or restored from an older copy.");
        }

        return new DirectRange<long>(name, from, end, end - from);
    }

    private LogPartition PartitionOf(string name)
    {
        lock (_lock)
        {
            return _partitions.TryGetValue(name, out var known) ? known : _partitions[name] = new LogPartition(Path.Combine(_directory, name));
        }
    }

    private static IEnumerable<T> ReadOneByOne(IEnumerable<Block<T>> blocks)
    {
        foreach (var block in blocks)
        {
            try
            {
                for (var index = 0; index < block.Count; index++)
                {
                    yield return block.Records[index];
                }
            }
            finally
            {
                block.Release();
            }
        }
    }
}
