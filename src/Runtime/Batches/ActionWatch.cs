using CodegenStreaming.Execution;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>
/// Warns of a function of <c>ForeachRdd</c> that never calls an action: then its records are received and dropped. Once, after some batches with
/// records, since a function may have its reasons in some of them. Thread-safe.
/// </summary>
internal sealed class ActionWatch(ILogger logger)
{
    /// <summary>After so many batches.</summary>
    public const int Patience = 10;

    private int _without;
    private bool _hasActed;

    /// <summary>The function has run for a batch.</summary>
    /// <param name="output">The output that it belongs to.</param>
    /// <param name="scope">The batch.</param>
    /// <param name="actionsBefore">How many actions the batch had seen before.</param>
    public void Ran(OutputOperation output, EvaluationScope scope, int actionsBefore)
    {
        if (_hasActed || scope.IsEmpty)
        {
            return;
        }

        _hasActed = scope.Actions != actionsBefore;
        if (!_hasActed && Interlocked.Increment(ref _without) == Patience)
        {
            logger.NoAction(output.Id, output.Name ?? output.OperatorName, Patience);
        }
    }
}
