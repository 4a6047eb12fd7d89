using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Observability;

/// <summary>Warns when ten batches in a row take longer than the batch interval, and again after each further ten. Thread-safe.</summary>
internal sealed class OverrunWatch(TimeSpan batchInterval, ILogger logger)
{
    internal const int Batches = 10;

    private readonly Lock _lock = new();
    private int _inARow;

    public void BatchCompleted(TimeSpan processingTime)
    {
        lock (_lock)
        {
            _inARow = processingTime > batchInterval ? _inARow + 1 : 0;
            if (_inARow < Batches)
            {
                return;
            }

            _inARow = 0;
        }

        logger.ProcessingOverrun(Batches, batchInterval);
    }
}
