using CodegenStreaming.Benchmarks.Batches;

namespace CodegenStreaming.Benchmarks.Checkpoints;

/// <summary>Running sums of many keys, of which each batch changes some.</summary>
[StreamingPipeline(Name = "sums")]
internal sealed partial class KeyedSums(BlocksInput<int> input, int keys)
{
    public long Mapped { get; private set; }

    public void Define(StreamingContext streaming)
    {
        var initial = streaming.Engine.Parallelize(Enumerable.Range(0, keys).Select(key => (key, 0L)).ToArray());
        input.AddTo(streaming)
            .Map(key => (key, 1L))
            .MapWithState(StateSpec.Function<int, long, long, long>(Add).InitialState(initial))
            .Named("sums")
            .ForeachRdd(rdd => Mapped = rdd.Count());
    }

    private static long Add(int key, Option<long> value, State<long> state)
    {
        var sum = (state.Exists ? state.Get() : 0) + value.Value;
        state.Update(sum);
        return sum;
    }
}
