namespace CodegenStreaming;

/// <summary>
/// Is told what happens in a streaming context. The methods are called one after another on a thread of their own, in the order of the events of
/// each batch: submitted, started, its outputs, completed. What a method throws is logged and does no harm to the batch. A listener that is more
/// than 10,000 events behind loses events, with a warning.
/// </summary>
public interface IStreamingListener
{
    /// <summary>The context has been started; the first event, and exactly one.</summary>
    void OnStreamingStarted(StreamingStarted started)
    {
    }

    /// <summary>A receiver began to receive, for the first time or again.</summary>
    void OnReceiverStarted(ReceiverInfo receiver)
    {
    }

    /// <summary>A receiver reported an error; most of them then try again.</summary>
    void OnReceiverError(ReceiverInfo receiver)
    {
    }

    /// <summary>A receiver stopped.</summary>
    void OnReceiverStopped(ReceiverInfo receiver)
    {
    }

    /// <summary>A batch got its records and waits for its turn.</summary>
    void OnBatchSubmitted(BatchInfo batch)
    {
    }

    /// <summary>A batch's first output began.</summary>
    void OnBatchStarted(BatchInfo batch)
    {
    }

    /// <summary>A batch's outputs have all ended, well or with a failure.</summary>
    void OnBatchCompleted(BatchInfo batch)
    {
    }

    /// <summary>An output of a batch began.</summary>
    void OnOutputOperationStarted(OutputOperationInfo output)
    {
    }

    /// <summary>An output of a batch ended, well or with a failure.</summary>
    void OnOutputOperationCompleted(OutputOperationInfo output)
    {
    }
}
