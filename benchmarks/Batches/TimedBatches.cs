using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Batches;

/// <summary>Hands the batch time of each batch to a function, in the batch's first and only task.</summary>
[StreamingPipeline]
internal sealed partial class TimedBatches(TimedInput input, Action<long> firstTask) : IStreamingPipeline
{
    public void Define(StreamingContext streaming) =>
        input.AddTo(streaming)
            .Map(time => Passed(time))
            .Count()
            .ForeachRdd(static rdd => rdd.First());

    private long Passed(long time)
    {
        if (input.Ticks is not null)
        {
            firstTask(time);
        }

        return time;
    }
}

/// <summary>Gives every batch one record: its time.</summary>
internal sealed class TimedInput : InputStream
{
    private readonly InputNode<long> _node = new("TimedInput");

    public override string Name => "Timed";

    public override DatasetNode Node => _node;

    public override bool HasPending => false;

    /// <summary>Where to note when each batch gets its record; null while the run warms up.</summary>
    public Lateness? Ticks { get; set; }

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        Ticks?.Add(time.Milliseconds, TimeProvider.System.GetUtcNow());
        scope.SetInput(_node, [new ArrayBlock<long>([time.Milliseconds], 1, pool: null)]);
        return new InputAllocation(1, 1);
    }

    public DStream<long> AddTo(StreamingContext streaming)
    {
        streaming.Graph.AddInput(this);
        return new DStream<long>(streaming, _node);
    }
}
