namespace Golden;

[StreamingPipeline]
public sealed partial class TextHeads(ResultLog log, int least)
{
    private const string Wanted = "bb";

    public void Define(StreamingContext streaming)
    {
        var lines = streaming.Input<Utf8Slice>("input");

        lines.FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("words", rdd.Collect()));

        lines.FlatMap(line => line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            .Filter(piece => piece.Length > 1)
            .Print();

        lines.Filter(line => line.Contains("a"u8))
            .Count()
            .ForeachRdd(rdd => log.Add("matching", rdd.Collect()));

        lines.Filter(line => line.Contains(Wanted) && line.Length >= least)
            .Map(line => line.Length)
            .Reduce((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("length", rdd.Collect()));
    }
}
