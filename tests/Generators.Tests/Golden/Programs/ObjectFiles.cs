namespace Golden;

/// <summary>Records that are stored: each gets its codec.</summary>
[StreamingPipeline]
public sealed partial class ObjectFiles(ResultLog log)
{
    private enum Level : byte
    {
        Low = 1,
        High = 200,
    }

    public void Define(StreamingContext streaming)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("golden-").FullName;
        var numbers = streaming.Input<int>("numbers");
        numbers.Map(n => n * 2).ForeachRdd(rdd =>
        {
            using var engine = new EngineContext(master: "local[1]");
            var orders = rdd.Filter(n => n >= 0).Map(n => new Order(n, n > 10 ? null : $"order {n}")
            {
                Lines = [new Line(n, n > 5 ? Level.High : Level.Low), new Line { Price = 1.5m }],
                Names = new() { ["a"] = n > 10 ? null : n },
            });
            orders.SaveAsObjectFile(folder + "/orders");
            log.Add("orders", engine.ObjectFile<Order>(folder + "/orders").Map(order => order.Text()).Collect());

            orders.Map(order => (order.Id % 3, order)).GroupByKey().SaveAsObjectFile(folder + "/groups");
            log.Add("groups", engine.ObjectFile<(int Key, IReadOnlyList<Order> Values)>(folder + "/groups").Map(group => (group.Key, group.Values.Count)).Collect());

            rdd.Map(n => new Option<Reading>(new Reading { Value = n })).SaveAsObjectFile(folder + "/readings");
            log.Add("readings", engine.ObjectFile<Option<Reading>>(folder + "/readings").Map(reading => reading.Value.Value).Collect());
        });
        numbers.SaveAsObjectFiles(folder + "/numbers");
    }

    private sealed record Order(int Id, string? Note)
    {
        public required List<Line> Lines { get; init; }

        public Dictionary<string, int?>? Names { get; set; }

        public int Count => Lines.Count;

        public string Text() => $"{Id} {Note} {Count} {string.Join("; ", Lines.Select(line => $"{line.Price} {line.Level}"))} {string.Join("; ", Names!)}";
    }

    private record struct Line(decimal Price, Level Level);

    private class Reading : Measured
    {
        public int Value;
    }

    private class Measured
    {
        public DateTime Time { get; set; }

        internal Guid Id { get; init; }
    }
}
