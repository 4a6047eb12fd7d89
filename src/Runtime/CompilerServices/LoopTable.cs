using System.ComponentModel;
using CodegenStreaming.Codecs;

namespace CodegenStreaming.CompilerServices;

/// <summary>The generated loops of one annotated class. Immutable; made once per class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LoopTable
{
    private readonly Dictionary<int, LoopEntry> _byLastSite;
    private readonly Lazy<Dictionary<Type, RecordCodec>> _codecs;

    /// <summary>Makes a table.</summary>
    /// <param name="key">The class: assembly name, a slash, metadata name.</param>
    /// <param name="entries">The loops; no two of them end at the same site.</param>
    public LoopTable(string key, params LoopEntry[] entries)
        : this(key, entries, static () => [])
    {
    }

    /// <summary>Makes a table with codecs.</summary>
    /// <param name="key">The class: assembly name, a slash, metadata name.</param>
    /// <param name="entries">The loops; no two of them end at the same site.</param>
    /// <param name="codecs">Makes the codecs of the types that calls of the class store; no two of them are of the same type.</param>
    public LoopTable(string key, LoopEntry[] entries, Func<RecordCodec[]> codecs)
    {
        Key = key;
        _byLastSite = entries.ToDictionary(entry => entry.Sites[^1]);
        _codecs = new Lazy<Dictionary<Type, RecordCodec>>(() => codecs().ToDictionary(codec => codec.RecordType));
    }

    /// <summary>No loops: a class that the generator has not seen.</summary>
    public static LoopTable Empty { get; } = new("");

    /// <summary>The class: assembly name, a slash, metadata name.</summary>
    public string Key { get; }

    /// <summary>The loop whose chain ends at a site, or null.</summary>
    internal LoopEntry? EndingAt(int site) => _byLastSite.GetValueOrDefault(site);

    /// <summary>The class's codec of a record type, or null.</summary>
    internal RecordCodec<T>? CodecOf<T>() => (RecordCodec<T>?)_codecs.Value.GetValueOrDefault(typeof(T));

    internal IEnumerable<RecordCodec> Codecs => _codecs.Value.Values;

    internal IEnumerable<LoopEntry> Entries => _byLastSite.Values;
}
