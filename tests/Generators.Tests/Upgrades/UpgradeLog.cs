namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>What programs of the upgrade matrix are given: the folder that they read, and a place for results.</summary>
public sealed class UpgradeLog(string folder)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, string> _latest = new(StringComparer.Ordinal);

    public string Folder => folder;

    /// <summary>Another folder beside it.</summary>
    public string Other => folder + "-other";

    /// <summary>The records of each stream in its latest batch, in the order of their text.</summary>
    public IReadOnlyList<string> Latest
    {
        get
        {
            lock (_lock)
            {
                return [.. _latest.Select(entry => $"{entry.Key}: {entry.Value}")];
            }
        }
    }

    public void Show<T>(string name, DStream<T> stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.ForeachRdd(rdd =>
        {
            var text = string.Join(" ", rdd.Collect().Select(record => record?.ToString()).Order(StringComparer.Ordinal));
            lock (_lock)
            {
                _latest[name] = text;
            }
        });
    }
}
