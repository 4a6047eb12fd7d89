using CodegenStreaming.Execution;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>
/// Where what happens to batches and receivers is told: listeners, metrics, the log. What nobody wants to hear is not made. Thread-safe.
/// </summary>
internal sealed class BatchEvents(ListenerBus bus, StreamingMetrics metrics, OverrunWatch overruns, ILogger logger) : IReceiverEvents
{
    public ILogger Logger => logger;

    public void Started(StreamingStarted started) => Post(static (listener, happened) => listener.OnStreamingStarted(happened), started);

    public void ReceiverStarted(ReceiverInfo receiver) => Post(static (listener, happened) => listener.OnReceiverStarted(happened), receiver);

    public void ReceiverError(ReceiverInfo receiver) => Post(static (listener, happened) => listener.OnReceiverError(happened), receiver);

    public void ReceiverStopped(ReceiverInfo receiver) => Post(static (listener, happened) => listener.OnReceiverStopped(happened), receiver);

    public void BatchSubmitted(Batch batch)
    {
        metrics.BatchSubmitted(batch.Records);
        Post(static (listener, happened) => listener.OnBatchSubmitted(happened), batch);
    }

    public void BatchStarted(Batch batch) => Post(static (listener, happened) => listener.OnBatchStarted(happened), batch);

    public void OutputStarted(Batch batch, OutputOperation output) =>
        Post(static (listener, happened) => listener.OnOutputOperationStarted(happened), batch, output);

    public void OutputCompleted(Batch batch, OutputOperation output) =>
        Post(static (listener, happened) => listener.OnOutputOperationCompleted(happened), batch, output);

    public void BatchCompleted(Batch batch)
    {
        var (scheduling, processing) = (batch.SchedulingDelay, batch.ProcessingDelay);
        metrics.BatchCompleted(scheduling, processing, batch.HasFailed);
        logger.BatchCompleted(
            batch.Time.Milliseconds,
            batch.Records,
            scheduling.TotalMilliseconds,
            processing.TotalMilliseconds,
            (scheduling + processing).TotalMilliseconds);
        overruns.BatchCompleted(processing);
        Post(static (listener, happened) => listener.OnBatchCompleted(happened), batch);
    }

    /// <summary>Gives back what a batch used; what fails in it is logged.</summary>
    public void Release(EvaluationScope scope) => Release(scope, static scope => scope.Dispose());

    /// <summary>Gives back what a batch needs no longer that is remembered, and what others used that are forgotten.</summary>
    public void Remember(EvaluationScope scope, IReadOnlyList<EvaluationScope> forgotten)
    {
        Release(scope, static scope => scope.GiveBack());
        foreach (var other in forgotten)
        {
            Release(other);
        }
    }

    private void Release(EvaluationScope scope, Action<EvaluationScope> release)
    {
        try
        {
            release(scope);
        }
#pragma warning disable CA1031 // The batch is over; what an input does with its blocks must end neither clock nor job thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.CleanupFailed(exception, scope.Time!.Value.Milliseconds);
        }
    }

    private void Post(Action<IStreamingListener, BatchInfo> method, Batch batch)
    {
        if (bus.HasListeners)
        {
            bus.Post(method, batch.ToInfo());
        }
    }

    private void Post(Action<IStreamingListener, OutputOperationInfo> method, Batch batch, OutputOperation output)
    {
        if (bus.HasListeners)
        {
            bus.Post(method, batch.ToInfo(output));
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
