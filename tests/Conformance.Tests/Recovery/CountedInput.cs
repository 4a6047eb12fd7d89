using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>Gives each batch its number, again where it is asked to.</summary>
internal sealed class CountedInput : InputStream, IReplayableInput
{
    private int _next = 1;

    public int Committed { get; private set; }

    public override string Name => "Counter";

    public override InputNode<int> Node { get; } = new("Counter");

    public override bool HasPending => false;

    public ReadOnlyMemory<byte> Plan { get; private set; }

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope) => Give(scope, _next++);

    public InputAllocation AllocateAgain(BatchTime time, EvaluationScope scope, ReadOnlySpan<byte> plan) => Give(scope, plan[0]);

    public byte[] SavePositions() => [(byte)_next];

    public void RestorePositions(ReadOnlySpan<byte> positions) => _next = positions[0];

    public void Commit(ReadOnlySpan<byte> positions) => Committed = positions[0] - 1;

    private InputAllocation Give(EvaluationScope scope, int number)
    {
        Plan = new[] { (byte)number };
        scope.SetInput(Node, [new ArrayBlock<int>([number], 1, pool: null)]);
        return new InputAllocation(1, 1);
    }
}
