using CodegenStreaming.Execution;
using CodegenStreaming.Observability;

namespace CodegenStreaming.Batches;

/// <summary>Makes the batch of a batch time: every input gives it what it has, every output becomes a job of it. Called by the batch clock.</summary>
internal sealed class JobGenerator(
    StreamGraph graph,
    EngineServices engine,
    SteadyTime time,
    JobScheduler scheduler,
    BatchEvents events,
    BatchLedger ledger,
    Termination termination,
    CancellationToken cancellation)
{
    public void Generate(BatchTime batchTime)
    {
        ledger.Begin(batchTime);
        var scope = new EvaluationScope(engine, batchTime, cancellation);
        try
        {
            var inputs = new StreamInputInfo[graph.Inputs.Count];
            for (var index = 0; index < inputs.Length; index++)
            {
                var input = graph.Inputs[index];
                var (records, blocks) = input.Allocate(batchTime, scope);
                inputs[index] = new StreamInputInfo(input.StreamId, input.DisplayName, records, blocks);
            }

            scheduler.Submit(new Batch(scope, batchTime, inputs, graph.Outputs, time.UtcNow), graph.Outputs);
        }
#pragma warning disable CA1031 // A batch that cannot be made is reported; the clock ticks on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            events.Logger.GenerationFailed(exception, batchTime.Milliseconds);
            termination.Fail(exception);
            events.Release(scope);
            ledger.Complete(batchTime);
        }
    }
}
