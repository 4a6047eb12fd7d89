using CodegenStreaming.Execution;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>Where what happens to batches and receivers is told: listeners, metrics, the log. Thread-safe.</summary>
internal sealed class BatchEvents(ListenerBus bus, StreamingMetrics metrics, OverrunWatch overruns, ILogger logger) : IReceiverEvents
{
    public ILogger Logger => logger;

    public void Started(StreamingStarted started) => Post(static (listener, happened) => listener.OnStreamingStarted(happened), started);

    public void ReceiverStarted(ReceiverInfo receiver) => Post(static (listener, happened) => listener.OnReceiverStarted(happened), receiver);

    public void ReceiverError(ReceiverInfo receiver) => Post(static (listener, happened) => listener.OnReceiverError(happened), receiver);

    public void ReceiverStopped(ReceiverInfo receiver) => Post(static (listener, happened) => listener.OnReceiverStopped(happened), receiver);

    public void BatchSubmitted(BatchInfo batch)
    {
        metrics.BatchSubmitted(batch.NumRecords);
        Post(static (listener, happened) => listener.OnBatchSubmitted(happened), batch);
    }

    public void BatchStarted(BatchInfo batch) => Post(static (listener, happened) => listener.OnBatchStarted(happened), batch);

    public void OutputStarted(OutputOperationInfo output) =>
        Post(static (listener, happened) => listener.OnOutputOperationStarted(happened), output);

    public void OutputCompleted(OutputOperationInfo output) =>
        Post(static (listener, happened) => listener.OnOutputOperationCompleted(happened), output);

    public void BatchCompleted(BatchInfo batch)
    {
        var (scheduling, processing) = (batch.SchedulingDelay!.Value, batch.ProcessingDelay!.Value);
        var failed = batch.OutputOperations.Any(output => output.FailureReason is not null);
        metrics.BatchCompleted(scheduling, processing, failed);
        logger.BatchCompleted(
            batch.BatchTime.Milliseconds,
            batch.NumRecords,
            scheduling.TotalMilliseconds,
            processing.TotalMilliseconds,
            (scheduling + processing).TotalMilliseconds);
        overruns.BatchCompleted(processing);
        Post(static (listener, happened) => listener.OnBatchCompleted(happened), batch);
    }

    /// <summary>Gives back what a batch used; what fails in it is logged.</summary>
    public void Release(EvaluationScope scope)
    {
        try
        {
            scope.Dispose();
        }
#pragma warning disable CA1031 // The batch is over; what an input does with its blocks must end neither clock nor job thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.CleanupFailed(exception, scope.Time!.Value.Milliseconds);
        }
    }

    private void Post<TEvent>(Action<IStreamingListener, TEvent> method, TEvent happened)
    {
        if (bus.HasListeners)
        {
            bus.Post(method, happened);
        }
    }
}
