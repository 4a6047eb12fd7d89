using System.Globalization;

namespace CodegenStreaming.Execution;

/// <summary>Where data sets are saved that are cut off from what they are made of: a folder for each, below one of the engine context's own. Thread-safe.</summary>
internal sealed class CheckpointFolders
{
    private readonly string _engine = Guid.NewGuid().ToString();
    private volatile string? _directory;
    private volatile string? _offered;
    private long _number;

    /// <summary>What the user has named, or what a streaming context has offered; null where there is neither.</summary>
    public string? Directory => _directory ?? _offered;

    public void Set(string directory) => _directory = Path.GetFullPath(directory);

    /// <summary>Names a directory for the case that the user names none.</summary>
    public void Offer(string directory) => _offered = Path.GetFullPath(directory);

    /// <summary>A folder that no other data set has.</summary>
    public string NewFolder() =>
        Path.Combine(Directory!, _engine, $"rdd-{Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture)}");
}
