using CodegenStreaming.Codecs;

namespace CodegenStreaming.Conformance.Direct;

/// <summary>Chains over the records of a log: one reader, several readers, a window, a state.</summary>
[StreamingPipeline]
public sealed partial class LoggedOrders(string directory, LogStreamOptions? options = null)
{
    /// <summary>For writers. The pipeline reads with the codec that is generated for it.</summary>
    internal static RecordCodec<(string Product, int Amount)> Codec { get; } =
        RecordCodec.Of<(string, int), TupleCodec<string, StringCodec, int, Int32Codec>>();

    internal Dictionary<string, List<string>> Results { get; } = new() { ["sums"] = [], ["lengths"] = [], ["counts"] = [], ["window"] = [], ["totals"] = [] };

    public void Define(StreamingContext streaming)
    {
        streaming.LogStream<(string Product, int Amount)>(directory, options)
            .Filter(order => order.Amount % 3 != 0)
            .Map(order => (order.Product, (long)order.Amount))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => Add("sums", rdd.Collect().Order()));

        streaming.LogStream<(string Product, int Amount)>(directory, options)
            .Map(order => order.Product.Length)
            .Filter(length => length > 8)
            .Count()
            .ForeachRdd(rdd => Add("lengths", rdd.Collect()));

        var shared = streaming.LogStream<(string Product, int Amount)>(directory, options);
        shared.Map(order => order.Amount).Count().ForeachRdd(rdd => Add("counts", rdd.Collect()));
        shared.Map(order => (order.Product, order.Amount))
            .ReduceByKeyAndWindow((a, b) => a + b, TimeSpan.FromSeconds(2))
            .ForeachRdd(rdd => Add("window", rdd.Collect().Order()));
        shared.Map(order => (order.Product, order.Amount))
            .UpdateStateByKey<string, int, int>((amounts, total) => new(total.GetValueOrDefault() + amounts.Sum()))
            .ForeachRdd(rdd => Add("totals", rdd.Collect().Order()));
    }

    private void Add<T>(string name, IEnumerable<T> records) => Results[name].Add(string.Join(' ', records));
}
