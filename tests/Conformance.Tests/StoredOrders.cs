namespace CodegenStreaming.Conformance;

/// <summary>A pipeline that stores orders, and one of a later version of the program that joins its own with them.</summary>
internal static class StoredOrders
{
    internal enum Kind
    {
        Book,
        Toy,
    }

    internal enum LaterKind : long
    {
        Game = 7,
        Book = 0,
        Toy = 1,
    }

    internal sealed record Order(int Id, Kind Kind, List<Line> Lines, string? Note);

    internal readonly record struct Line(string Product, float Price);

    /// <summary>The order as it is later: fields are added and removed, stand in another order, and are wider.</summary>
    internal sealed class LaterOrder
    {
        public IReadOnlyList<LaterLine>? Lines { get; init; }

        public LaterKind? Kind { get; init; }

        public DateTime Due { get; init; }

        public long Id { get; init; }
    }

    internal sealed record LaterLine(decimal? Discount, double Price, string Product);
}

[StreamingPipeline]
internal sealed partial class OrderStore(string folder, Queue<int[]> numbers)
{
    public void Define(StreamingContext streaming) =>
        streaming.QueueStream(numbers)
            .Filter(number => number >= 0)
            .Map(number => new StoredOrders.Order(
                number, number % 2 == 0 ? StoredOrders.Kind.Book : StoredOrders.Kind.Toy, [new($"product {number}", number / 4f)], number > 5 ? null : "early"))
            .SaveAsObjectFiles(folder + "/orders");
}

[StreamingPipeline]
internal sealed partial class LaterOrderReader(EngineContext engine, string folder, Queue<int[]> numbers)
{
    internal List<string> Results { get; } = [];

    public void Define(StreamingContext streaming)
    {
        var stored = engine.ObjectFile<StoredOrders.LaterOrder>(folder)
            .Map(order => ((int)order.Id, FormattableString.Invariant($"{order.Id} {order.Kind} {order.Due.Ticks} {order.Lines![0].Product} {order.Lines[0].Price} {order.Lines[0].Discount is null}")));
        streaming.QueueStream(numbers)
            .Map(number => (number, number))
            .Transform(pairs => pairs.Join(stored))
            .Map(pair => pair.Values.Right)
            .ForeachRdd(rdd => Results.AddRange(rdd.Collect()));
    }
}
