namespace CodegenStreaming.Benchmarks.Batches;

/// <summary>The newcomer's chain, in batches without a record: what a batch costs beside its data.</summary>
[StreamingPipeline]
internal sealed partial class EmptyBatches : IStreamingPipeline
{
    public void Define(StreamingContext streaming) =>
        new BlocksInput<string>().AddTo(streaming)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((left, right) => left + right)
            .ForeachRdd(static _ => { });
}

/// <summary>The same chain, printed: a banner for each batch.</summary>
[StreamingPipeline]
internal sealed partial class PrintedEmptyBatches : IStreamingPipeline
{
    public void Define(StreamingContext streaming) =>
        new BlocksInput<string>().AddTo(streaming)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((left, right) => left + right)
            .Print();
}

/// <summary>A million numbers in several blocks: arithmetic that takes a while, so that the processor is what limits it and not the memory.</summary>
[StreamingPipeline]
internal sealed partial class NumericBatches(int[] numbers, int blocks) : IStreamingPipeline
{
    public long Sum { get; private set; }

    public void Define(StreamingContext streaming) =>
        BlocksInput<int>.Of(numbers, blocks).AddTo(streaming)
            .Map(number => (number * 2654435761L) ^ (number >> 7))
            .Filter(number => number % 7 != 0)
            .Map(number => (number * 31) + (number % 1009))
            .Reduce((left, right) => left + right)
            .ForeachRdd(rdd => Sum = rdd.First());
}

/// <summary>Sums by key, with an exchange between the two stages.</summary>
[StreamingPipeline]
internal sealed partial class KeyedBatches(int[] numbers, int blocks) : IStreamingPipeline
{
    public long Count { get; private set; }

    public void Define(StreamingContext streaming) =>
        BlocksInput<int>.Of(numbers, blocks).AddTo(streaming)
            .Map(number => (number % 10_007, 1L))
            .ReduceByKey((left, right) => left + right)
            .ForeachRdd(rdd => Count = rdd.Count());
}
