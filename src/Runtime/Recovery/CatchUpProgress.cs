using CodegenStreaming.Execution.Windows;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Recovery;

/// <summary>Logs how far a program has come that runs what was made before a restart and what was missed. Used under a lock.</summary>
/// <param name="from">The last batch that is saved.</param>
/// <param name="to">The last one that has to be caught up.</param>
/// <param name="grid">The batch times.</param>
/// <param name="logger">Where to log.</param>
internal sealed class CatchUpProgress(long from, long to, BatchGrid grid, ILogger logger)
{
    /// <summary>So few batches are over before anybody reads of them.</summary>
    private const int Few = 100;

    private readonly long _all = to - from;
    private long _reported = from;

    /// <summary>The batches up to this one are done.</summary>
    public void Report(long completed)
    {
        if (_reported < to && completed - _reported >= Math.Max(Few, _all / 10))
        {
            _reported = Math.Min(completed, to);
            logger.CatchingUp(grid.TimeOf(_reported).Milliseconds, to - _reported, _all);
        }
    }
}
