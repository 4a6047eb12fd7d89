using System.Collections.Concurrent;

namespace CodegenStreaming.Conformance;

/// <summary>Keeps what a listener is told, in order.</summary>
internal sealed class RecordedEvents : IStreamingListener
{
    private readonly ConcurrentQueue<(string Name, object Event)> _events = new();

    public IReadOnlyList<string> Names => [.. _events.Select(happened => happened.Name)];

    public IReadOnlyList<T> Of<T>(string name) => [.. _events.Where(happened => happened.Name == name).Select(happened => (T)happened.Event)];

    public void OnStreamingStarted(StreamingStarted started) => _events.Enqueue(("StreamingStarted", started));

    public void OnReceiverStarted(ReceiverInfo receiver) => _events.Enqueue(("ReceiverStarted", receiver));

    public void OnReceiverError(ReceiverInfo receiver) => _events.Enqueue(("ReceiverError", receiver));

    public void OnReceiverStopped(ReceiverInfo receiver) => _events.Enqueue(("ReceiverStopped", receiver));

    public void OnBatchSubmitted(BatchInfo batch) => _events.Enqueue(("BatchSubmitted", batch));

    public void OnBatchStarted(BatchInfo batch) => _events.Enqueue(("BatchStarted", batch));

    public void OnBatchCompleted(BatchInfo batch) => _events.Enqueue(("BatchCompleted", batch));

    public void OnOutputOperationStarted(OutputOperationInfo output) => _events.Enqueue(("OutputOperationStarted", output));

    public void OnOutputOperationCompleted(OutputOperationInfo output) => _events.Enqueue(("OutputOperationCompleted", output));
}
