namespace Golden;

[StreamingPipeline]
public sealed partial class NestedLambdas(ResultLog log)
{
    private readonly int[] _weights = [1, 2, 3];

    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Map(number => _weights.Select(weight => weight * number).Sum())
            .Map(number => (from weight in _weights where weight > number select weight).Count())
            .Filter(number =>
            {
                bool IsEven(int value) => value % 2 == 0;
                return IsEven(number);
            })
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
