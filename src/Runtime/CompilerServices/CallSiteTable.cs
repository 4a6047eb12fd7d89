using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>The operator calls of one annotated class, in source order. Immutable.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CallSiteTable
{
    private readonly CallSite[] _sites;
    private readonly Func<LoopTable>? _loops;

    /// <summary>Makes a table.</summary>
    /// <param name="key">The class: assembly name, a slash, metadata name. The class's <see cref="LoopTable"/> bears the same key.</param>
    /// <param name="loops">The class's loops, where the class can be named from outside it; otherwise they come from the pipeline instance.</param>
    /// <param name="sites">Operator, file, line (from one) and text of each call; the index is the site number.</param>
    public CallSiteTable(string key, Func<LoopTable>? loops, params (string OperatorName, string File, int Line, string Text)[] sites)
    {
        Key = key;
        _loops = loops;
        _sites = [.. sites.Select((site, number) => new CallSite(this, number, site.OperatorName, site.File, site.Line, site.Text))];
    }

    /// <summary>The class: assembly name, a slash, metadata name.</summary>
    public string Key { get; }

    /// <summary>The loops of the class, or null where only an instance can hand them out.</summary>
    public LoopTable? Loops => _loops?.Invoke();

    /// <summary>The site of a number.</summary>
    public CallSite this[int number] => _sites[number];
}
