using CodegenStreaming.Execution;
using CodegenStreaming.Observability;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.Batches;

/// <summary>Makes the batch of a batch time: every input gives it what it has, every output becomes a job of it. Called by the batch clock.</summary>
internal sealed class JobGenerator(
    StreamGraph graph,
    IdleBatches idle,
    SteadyTime time,
    BatchUpkeep upkeep,
    JobScheduler scheduler,
    BatchEvents events,
    BatchLedger ledger,
    Termination termination,
    CheckpointCoordinator? checkpoints)
{
    /// <summary>What the inputs give to, before it is known whether the batch is empty. Nobody else ever sees it.</summary>
    private EvaluationScope _prepared = idle.TakeScope(isEmpty: false);

    public void Generate(BatchTime batchTime)
    {
        graph.Grid.Begin(batchTime);
        ledger.Begin(batchTime);
        var scope = _prepared;
        try
        {
            var batch = idle.Take(batchTime);
            var isEmpty = Allocate(batch) == 0 && !upkeep.IsNeeded; // Where batches depend on others no two of them are alike.
            scope = idle.TakeScope(isEmpty);
            scope.Begin(_prepared, isEmpty);
            batch.Submit(scope, time.UtcNow);
            checkpoints?.Plan(graph.Grid.NumberOf(batchTime));
            upkeep.Begin(batchTime, scope);
            scheduler.Submit(batch);
        }
#pragma warning disable CA1031 // A batch that cannot be made is reported; the clock ticks on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            events.Logger.GenerationFailed(exception, batchTime.Milliseconds);
            termination.Fail(exception);
            events.Release(scope);
            _prepared = idle.TakeScope(isEmpty: false);
            ledger.Complete(batchTime);
        }
    }

    /// <summary>Lets the inputs give; returns the number of blocks.</summary>
    private long Allocate(Batch batch)
    {
        _prepared.Prepare(batch.Time);
        var blocks = 0L;
        for (var index = 0; index < graph.Inputs.Count; index++)
        {
            var allocation = Allocate(graph.Inputs[index], batch.Time);
            batch.SetInput(index, allocation);
            blocks += allocation.Blocks;
        }

        return blocks;
    }

    /// <summary>A batch that was made before a restart gets what it got then: nothing where that is gone.</summary>
    private InputAllocation Allocate(InputStream input, BatchTime time)
    {
        if (checkpoints?.PlanOf(graph.Grid.NumberOf(time), input) is not { } plan)
        {
            return input.Allocate(time, _prepared);
        }

        return input is IReplayableInput replayable ? replayable.AllocateAgain(time, _prepared, plan.Span) : default;
    }
}
