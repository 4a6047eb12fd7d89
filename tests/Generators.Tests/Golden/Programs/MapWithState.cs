namespace Golden;

[StreamingPipeline]
public sealed partial class MapWithState(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        var running = streaming.Input<string>("input")
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .MapWithState(StateSpec.Function((string word, Option<int> one, State<int> count) =>
            {
                count.Update(count.GetOption().GetValueOrDefault() + one.GetValueOrDefault());
                return (word, count.Get());
            }))
            .Named("running");
        running.Filter(count => count.Item2 > 1)
            .ForeachRdd(rdd => log.Add("running", rdd.Collect()));
        running.StateSnapshots()
            .Map(count => count.State)
            .ForeachRdd(rdd => log.Add("states", rdd.Collect()));

        streaming.Input<(int, int)>("pairs")
            .Filter(pair => pair.Item1 > 0)
            .MapWithState(StateSpec.Function(
                (BatchTime time, int key, Option<int> value, State<long> state) => key > 20 ? default : new Option<long>(time.Milliseconds + key)).NumPartitions(2))
            .Map(sum => sum + 1)
            .ForeachRdd(rdd => log.Add("sums", rdd.Collect()));
    }
}
