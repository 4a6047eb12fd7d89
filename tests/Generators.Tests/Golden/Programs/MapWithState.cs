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

        var first = StateSpec.Function((int key, Option<int> value, State<int> state) =>
        {
            if (!state.Exists)
            {
                state.Update(value.GetValueOrDefault());
            }

            return (key, state.Get());
        });
        streaming.Input<(int, int)>("firsts").MapWithState(first.NumPartitions(1))
            .ForeachRdd(rdd => log.Add("firsts", rdd.Collect()));
        streaming.Input<(int, int)>("lasts").MapWithState(Last)
            .ForeachRdd(rdd => log.Add("lasts", rdd.Collect()));

        // Names mean something else there.
        streaming.Input<(int, int)>("elsewhere").MapWithState(Elsewhere.Spec)
            .ForeachRdd(rdd => log.Add("elsewhere", rdd.Collect()));

        // Which function it is shows only when the program runs.
        var either = StateSpec.Function((int key, Option<int> value, State<int> state) => -key);
        if (log is not null)
        {
            either = StateSpec.Function((int key, Option<int> value, State<int> state) => key);
        }

        streaming.Input<(int, int)>("either").MapWithState(either)
            .ForeachRdd(rdd => log!.Add("either", rdd.Collect()));
    }

    private static readonly StateSpec<int, int, int, int> Last = StateSpec.Function((int key, Option<int> value, State<int> state) =>
    {
        var before = state.GetOption().GetValueOrDefault();
        state.Update(value.GetValueOrDefault());
        return before;
    });
}

internal static class Elsewhere
{
    private const int Last = 1000;

    public static readonly StateSpec<int, int, int, int> Spec = StateSpec.Function((int key, Option<int> value, State<int> state) => key + Last);
}
