namespace Golden;

[StreamingPipeline]
public sealed partial class LocalConstants(ResultLog log)
{
    private const int Most = 100;

    public void Define(StreamingContext streaming)
    {
        const char Separator = '\t';
        const string Prefix = "say \"" + "hi\"\\";
        const double Scale = 1.5e-3;
        const long Large = long.MinValue;
        const decimal Price = 12.50m;
        const string? Nothing = null;
        const DayOfWeek Day = DayOfWeek.Monday;
        const DayOfWeek None = (DayOfWeek)9;
        const double Unknown = double.NaN;
        const float Least = float.NegativeInfinity;
        streaming.Input<string>("input")
            .FlatMap(line => line.Split(Separator))
            .Map(field => (Prefix + field, Scale * field.Length, Large, Price, Nothing, Day))
            .Filter(entry => entry.Item2 < Most && entry.Item6 == Day && entry.Item6 != None && Unknown != Least)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
    }
}
