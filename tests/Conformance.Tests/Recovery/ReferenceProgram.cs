using System.Globalization;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>Files in; a window with an inverse, a state updated in each batch, one mapped with timeouts, and a window without an inverse; files out.</summary>
[StreamingPipeline]
internal sealed partial class ReferenceProgram(string folder, int partitions)
{
    public void Define(StreamingContext streaming)
    {
        var pairs = streaming.TextFileStream(Path.Combine(folder, "in"))
            .Map(line => line.Split(' '))
            .Map(words => (words[0], int.Parse(words[1], CultureInfo.InvariantCulture)));
        pairs.ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2), partitions, pair => pair.Value != 0)
            .Named("sliding")
            .SaveAsTextFiles(Path.Combine(folder, "out", "sliding"));
        pairs.ReduceByKeyAndWindow((a, b) => Math.Max(a, b), TimeSpan.FromSeconds(3), numPartitions: partitions)
            .Named("greatest")
            .SaveAsTextFiles(Path.Combine(folder, "out", "greatest"));
        pairs.UpdateStateByKey<string, int, long>((values, state) => new Option<long>(state.GetValueOrDefault() + values.Sum()), partitions)
            .Named("totals")
            .SaveAsTextFiles(Path.Combine(folder, "out", "totals"));
        pairs.MapWithState(StateSpec.Function<string, int, Visits, string>(Visit).NumPartitions(partitions).Timeout(TimeSpan.FromSeconds(3)))
            .Named("visits")
            .SaveAsTextFiles(Path.Combine(folder, "out", "visits"));
    }

    private static string Visit(string key, Option<int> value, State<Visits> state)
    {
        if (state.IsTimingOut)
        {
            return $"{key} left after {state.Get().Count}";
        }

        var before = state.Exists ? state.Get() : new Visits(0, "");
        state.Update(new Visits(before.Count + 1, $"{key}-{value.Value}"));
        return $"{key} {before.Count + 1} {before.Last}";
    }

    internal sealed record Visits(int Count, string Last);
}
