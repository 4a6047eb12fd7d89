namespace CodegenStreaming.Samples;

/// <summary>Counts the lines and words of a log directory: each record once, whatever happens to the program.</summary>
[StreamingPipeline]
public sealed partial class RecoverableWordCount(string log)
{
    public void Define(StreamingContext streaming)
    {
        var counts = streaming.LogStream<string>(log)
                              .FlatMap(line => line.Split(' '))
                              .Map(word => (word, 1))
                              .UpdateStateByKey((IReadOnlyList<int> ones, Option<long> count) => new(count.GetValueOrDefault() + ones.Count))
                              .Named("counts"); // The name finds its state again, however the program changes.
        counts.ForeachRdd((rdd, time) =>
        {
            var words = rdd.Map(pair => pair.State).Sum();
            var most = rdd.SortBy(pair => pair.State, ascending: false).Take(3);
            Console.WriteLine($"{time.ToDateTimeOffset():HH:mm:ss.f}  {words} words; most often: {string.Join(", ", most.Select(pair => $"{pair.Key} {pair.State}"))}");
        });
    }
}
