using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>The generated loops of one annotated class. Immutable; made once per class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LoopTable
{
    private readonly Dictionary<int, LoopEntry> _byLastSite;

    /// <summary>Makes a table.</summary>
    /// <param name="key">The class: assembly name, a slash, metadata name.</param>
    /// <param name="entries">The loops; no two of them end at the same site.</param>
    public LoopTable(string key, params LoopEntry[] entries)
    {
        Key = key;
        _byLastSite = entries.ToDictionary(entry => entry.Sites[^1]);
    }

    /// <summary>No loops: a class that the generator has not seen.</summary>
    public static LoopTable Empty { get; } = new("");

    /// <summary>The class: assembly name, a slash, metadata name.</summary>
    public string Key { get; }

    /// <summary>The loop whose chain ends at a site, or null.</summary>
    internal LoopEntry? EndingAt(int site) => _byLastSite.GetValueOrDefault(site);

    internal IEnumerable<LoopEntry> Entries => _byLastSite.Values;
}
