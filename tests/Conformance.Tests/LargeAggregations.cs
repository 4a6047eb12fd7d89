using System.Globalization;

namespace CodegenStreaming.Conformance;

/// <summary>Combinations by key of every sort of entry: without references, with text of a block, with strings that grow.</summary>
[StreamingPipeline]
public sealed partial class LargeAggregations(string directory)
{
    internal List<string> Results { get; } = [];

    public void Define(StreamingContext streaming)
    {
        var lines = streaming.Utf8FileStream(directory, new FileStreamOptions { NewFilesOnly = false });
        lines.Map(line => (line.Field(' ', 0).Parse<long>(), 1L))
            .ReduceByKey((left, right) => left + right, numPartitions: 3)
            .ForeachRdd(rdd => Add(rdd.Collect()));
        lines.FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((left, right) => left + right)
            .ForeachRdd(rdd => Add(rdd.Collect()));
        lines.Map(line => (line.Field(' ', 0).Parse<long>() % 7000, line.Field(' ', 1).ToString()))
            .ReduceByKey((left, right) => left + "," + right)
            .ForeachRdd(rdd => Add(rdd.Collect()));
        lines.Map(line => line.ToString())
            .CountByValue()
            .ForeachRdd(rdd => Add(rdd.Collect()));
        lines.Transform(rdd => rdd.Map(line => line.Field(' ', 0).Parse<int>()).Distinct(2))
            .ForeachRdd(rdd => Add(rdd.Collect().Select(record => (record, record))));
        lines.Map(line => ((line.Field(' ', 0).ToString(), new Ending(line.Field(' ', 1).ToString()[^1..])), line.Length))
            .CombineByKey(
                length => new Lengths(1, $"{length}"),
                (lengths, length) => new Lengths(lengths.Count + 1, $"{lengths.All},{length}"),
                (left, right) => new Lengths(left.Count + right.Count, $"{left.All},{right.All}"))
            .ForeachRdd(rdd => Add(rdd.Collect()));
    }

    /// <summary>Keys and combinations whose codecs are generated.</summary>
    internal sealed record Ending(string Text);

    internal sealed record Lengths(int Count, string All);

    /// <summary>Sorted: what went through files comes in another order.</summary>
    private void Add<TKey, TValue>(IEnumerable<(TKey, TValue)> pairs) => Results.Add(
        string.Join(' ', pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Item1}:{pair.Item2}")).Order(StringComparer.Ordinal)));
}
