namespace Golden;

[StreamingPipeline]
public sealed partial class MethodGroups(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<string>("input")
            .Filter(IsWanted)
            .Map(int.Parse)
            .Map(this.Weigh)
            .FlatMap(Digits)
            .Reduce(Math.Max)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));

    private static bool IsWanted(string line) => line.Length > 0 && line.All(char.IsDigit);

    private static IEnumerable<int> Digits(int number)
    {
        for (; number > 0; number /= 10)
        {
            yield return number % 10;
        }
    }

    private int Weigh(int number) => number + log.GetHashCode() * 0;
}
