using static System.Math;
using Maker = System.Text.StringBuilder;
using Pair = (string Name, int Count);
using Regular = System.Text.RegularExpressions;
using Text = string;

namespace Golden;

[StreamingPipeline]
public sealed partial class Aliases(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<Pair>("input")
            .Map(pair => (Text)$"{pair.Item1}:{Max(pair.Item2, 1)}")
            .Map(text => new Maker(text).ToString())
            .Filter(text => Regular.Regex.IsMatch(text, "a+"))
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
