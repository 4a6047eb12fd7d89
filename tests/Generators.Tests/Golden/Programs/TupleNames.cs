namespace Golden;

[StreamingPipeline]
public sealed partial class TupleNames(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<(string Name, (int Low, int High) Range)>("input")
            .Map(entry => (Key: entry.Name, Value: entry.Range.High - entry.Range.Low))
            .Filter(entry => entry.Key.Length > entry.Value)
            .Map(((string Word, int Size) entry) => (entry.Size, entry.Word))
            .MapValues(word => (Word: word, Initial: word[0]))
            .Map(pair => pair.Value.Initial + pair.Key)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
