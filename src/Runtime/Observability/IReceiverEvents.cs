namespace CodegenStreaming.Observability;

/// <summary>Where an input reports what happens to its receiver. Thread-safe.</summary>
internal interface IReceiverEvents
{
    void ReceiverStarted(ReceiverInfo receiver);

    void ReceiverError(ReceiverInfo receiver);

    void ReceiverStopped(ReceiverInfo receiver);
}
