namespace CodegenStreaming.Conformance.Direct;

/// <summary>A state and a window over a log. What a batch put out is kept by its time: put out again, it takes the place of what was there.</summary>
[StreamingPipeline]
public sealed partial class TotalsOfALog(string directory, LogStreamOptions options, TotalsOfALog.Outside outside)
{
    public void Define(StreamingContext streaming)
    {
        var orders = streaming.LogStream<(string Product, int Amount)>(directory, options).Named("orders");
        orders.ForeachRdd((rdd, time) => outside.Put(outside.Ranges, time, string.Join(' ', rdd.Ranges<long>().Select(range => $"{range.Partition}:{range.From}-{range.Until}"))));
        orders.Map(order => (order.Product, (long)order.Amount))
            .UpdateStateByKey<string, long, long>((amounts, total) => new(total.GetValueOrDefault() + amounts.Sum()))
            .ForeachRdd((rdd, time) => outside.Put(outside.Totals, time, string.Join(' ', rdd.Collect().Order().Select(pair => $"{pair.Item1}:{pair.Item2}"))));
        orders.Map(order => (long)order.Amount)
            .ReduceByWindow((a, b) => a + b, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1))
            .ForeachRdd((rdd, time) => outside.Put(outside.Windows, time, string.Join(' ', rdd.Collect())));
    }

    /// <summary>What outlives the process.</summary>
    public sealed class Outside
    {
        public SortedDictionary<long, string> Ranges { get; } = [];

        public SortedDictionary<long, string> Totals { get; } = [];

        public SortedDictionary<long, string> Windows { get; } = [];

        /// <summary>How many outputs still succeed.</summary>
        public int Successes { get; set; } = int.MaxValue;

        /// <summary>How many results took the place of equal ones.</summary>
        public int Repeated { get; private set; }

        internal void Put(SortedDictionary<long, string> results, BatchTime time, string result)
        {
            if (Successes-- == 0)
            {
                throw new IOException("The disk is full.");
            }

            if (!results.TryAdd(time.Milliseconds, result))
            {
                Assert.Equal(results[time.Milliseconds], result);
                Repeated++;
            }
        }
    }
}
