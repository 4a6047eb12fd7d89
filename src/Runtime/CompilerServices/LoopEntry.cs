using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>One generated loop and the run of call sites that it stands for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LoopEntry
{
    /// <summary>Describes a loop.</summary>
    /// <param name="sites">The call sites in chain order; the last one may be a wide operator, an action or an output.</param>
    /// <param name="needsPipeline">True when a function uses the pipeline instance.</param>
    /// <param name="create">
    /// Makes the loop: from the pipeline instance, and from the delegates of each site in order (several for an operator with several functions,
    /// none for one without), of which it keeps those that could not be inlined.
    /// </param>
    public LoopEntry(int[] sites, bool needsPipeline, Func<object?, Delegate[], FusedLoop> create)
    {
        Sites = sites;
        NeedsPipeline = needsPipeline;
        Create = create;
    }

    /// <summary>The call sites in chain order.</summary>
    public IReadOnlyList<int> Sites { get; }

    /// <summary>True when a function uses the pipeline instance.</summary>
    public bool NeedsPipeline { get; }

    /// <summary>Makes the loop.</summary>
    public Func<object?, Delegate[], FusedLoop> Create { get; }
}
