using CodegenStreaming.Batches;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Testing;

/// <summary>The same for an input whose batches can be made again. Where the test gives the records, they are gone with their context, and nothing is made again.</summary>
internal sealed class ReplayableProbedInput<T>(InputStream defined, DatasetNode<T> node, Action<int, BatchTime, Exception> failed)
    : ProbedInput<T>(defined, node, failed), IReplayableInput
{
    public ReadOnlyMemory<byte> Plan => IsFed ? default : Replayable.Plan;

    private IReplayableInput Replayable => (IReplayableInput)Defined;

    public InputAllocation AllocateAgain(BatchTime time, EvaluationScope scope, ReadOnlySpan<byte> plan)
    {
        if (!IsFed)
        {
            return Replayable.AllocateAgain(time, scope, plan);
        }

        scope.SetInput(RecordsNode, []);
        return default;
    }

    public byte[] SavePositions() => IsFed ? [] : Replayable.SavePositions();

    public void RestorePositions(ReadOnlySpan<byte> positions)
    {
        if (!IsFed)
        {
            Replayable.RestorePositions(positions);
        }
    }

    public void Commit(ReadOnlySpan<byte> positions)
    {
        if (!IsFed)
        {
            Replayable.Commit(positions);
        }
    }
}
