namespace Golden;

[StreamingPipeline]
public sealed partial class UpdateStateByKey(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        var counts = streaming.Input<string>("input")
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .UpdateStateByKey((IReadOnlyList<int> ones, Option<long> count) => new(count.GetValueOrDefault() + ones.Count));
        counts.Filter(count => count.State > 1)
            .ForeachRdd(rdd => log.Add("counts", rdd.Collect()));

        streaming.Input<(int, int)>("pairs")
            .Filter(pair => pair.Item1 > 0)
            .UpdateStateByKey(
                (BatchTime time, int key, IReadOnlyList<int> values, Option<int> state) => key > 20 ? default : new(values.Count + state.GetValueOrDefault()), 2)
            .UpdateStateByKey((IEnumerable<(int Key, IReadOnlyList<int> Values, Option<int> State)> all) => all.Select(entry => (entry.Key, entry.Values.Sum())))
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
    }
}
