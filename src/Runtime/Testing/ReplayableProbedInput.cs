using System.Buffers.Binary;
using CodegenStreaming.Batches;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Testing;

/// <summary>
/// The same for an input whose batches can be made again. What a test gives in its place is kept, so that after a restart it comes again as it would from the input: what
/// unfinished batches had, and what came after the checkpoint.
/// </summary>
internal sealed class ReplayableProbedInput<T>(InputStream defined, DatasetNode<T> node, Action<int, BatchTime, Exception> failed)
    : ProbedInput<T>(defined, node, failed), IReplayableInput
{
    private (long From, long Until) _given;

    public ReadOnlyMemory<byte> Plan => !IsFed ? Replayable.Plan : _given.From == _given.Until ? default : Bytes(_given.From, _given.Until);

    private IReplayableInput Replayable => (IReplayableInput)Defined;

    public InputAllocation AllocateAgain(BatchTime time, EvaluationScope scope, ReadOnlySpan<byte> plan)
    {
        if (!IsFed)
        {
            return Replayable.AllocateAgain(time, scope, plan);
        }

        _given = plan.IsEmpty ? default : (Position(plan, 0, count: 2), Position(plan, 1, count: 2));
        return Give(scope, Fed.TakeAgain(_given.From, _given.Until));
    }

    public byte[] SavePositions() => IsFed ? Bytes(Fed.Next) : Replayable.SavePositions();

    public void RestorePositions(ReadOnlySpan<byte> positions)
    {
        if (IsFed)
        {
            Fed.GoTo(Position(positions, 0, count: 1));
        }
        else
        {
            Replayable.RestorePositions(positions);
        }
    }

    public void Commit(ReadOnlySpan<byte> positions)
    {
        if (IsFed)
        {
            Fed.Forget(Position(positions, 0, count: 1));
        }
        else
        {
            Replayable.Commit(positions);
        }
    }

    protected override T[][] TakeFed()
    {
        var from = Fed.Next;
        var taken = Fed.Take();
        _given = (from, from + taken.Length);
        return taken;
    }

    private static byte[] Bytes(params ReadOnlySpan<long> positions)
    {
        var bytes = new byte[positions.Length * sizeof(long)];
        for (var index = 0; index < positions.Length; index++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(index * sizeof(long)), positions[index]);
        }

        return bytes;
    }

    private static long Position(ReadOnlySpan<byte> bytes, int index, int count) => bytes.Length == count * sizeof(long)
        ? BinaryPrimitives.ReadInt64LittleEndian(bytes[(index * sizeof(long))..])
        : throw new CorruptRecordException("These are no positions of a source that a test feeds; was the checkpoint made by the source itself?", 0);
}
