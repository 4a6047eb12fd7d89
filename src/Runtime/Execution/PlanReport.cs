using System.Collections.Concurrent;
using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution;

/// <summary>Which call sites ran inside generated loops, which were reached but not bound, and why. Thread-safe.</summary>
internal sealed class PlanReport
{
    private readonly ConcurrentDictionary<CallSite, byte> _bound = new();
    private readonly ConcurrentDictionary<CallSite, string> _unbound = new();
    private readonly ConcurrentDictionary<CallSite, byte> _reached = new();

    public IReadOnlyCollection<CallSite> BoundSites => [.. _bound.Keys];

    /// <summary>Sites whose operators exist in the graph.</summary>
    public IReadOnlyCollection<CallSite> ReachedSites => [.. _reached.Keys];

    public IReadOnlyDictionary<CallSite, string> UnboundSites => _unbound;

    public void Reached(CallSite site) => _reached.TryAdd(site, 0);

    public void Bound(IEnumerable<CallSite> sites)
    {
        foreach (var site in sites)
        {
            _bound.TryAdd(site, 0);
            _reached.TryAdd(site, 0);
        }
    }

    public void Unbound(CallSite site, string reason) => _unbound.TryAdd(site, reason);
}
