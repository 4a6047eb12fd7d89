namespace Golden;

[StreamingPipeline]
public sealed partial class NamedArguments(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<(string, int)>("input")
            .Filter(predicate: pair => pair.Item2 > 0)
            .ReduceByKey(numPartitions: 3, function: (a, b) => Math.Max(val2: b, val1: a))
            .CombineByKey(
                mergeCombiners: (left, right) => left + right,
                createCombiner: value => (long)value,
                mergeValue: (combined, value) => combined + value)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
