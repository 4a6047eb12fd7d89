using System.Globalization;

namespace CodegenStreaming.Chaos.Child;

/// <summary>A log and files in; counts, a window with an inverse, a state updated in each batch and one mapped with time-outs; a file for each batch out.</summary>
[StreamingPipeline]
internal sealed partial class CountedNumbers(ChaosFolder folder, BatchFiles output, int keys, int partitions)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(2000);
    public static readonly TimeSpan Slide = TimeSpan.FromMilliseconds(400);
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(8000);

    /// <summary>One record of so many is poisonous while there is poison.</summary>
    private const int PoisonOneOf = 97;

    public void Define(StreamingContext streaming)
    {
        var lines = streaming.TextFileStream(folder.Files, new FileStreamOptions { NewFilesOnly = false }).Map(line => long.Parse(line, CultureInfo.InvariantCulture));
        var numbers = streaming.LogStream<long>(folder.Log).Union(lines).Map(number => Swallow(number));
        numbers.SaveAsTextFiles(Path.Combine(folder.Records, ChaosFolder.BatchPrefix));

        var pairs = numbers.Map(number => (Numbers.KeyOf(number, keys), number));
        pairs.ReduceByKey((a, b) => a + b, partitions)
            .ForeachRdd((sums, time) => output.Write("sums", time, TextOf(sums.Collect())));
        pairs.MapValues(_ => 1L)
            .ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, Window, Slide, partitions, pair => pair.Value != 0)
            .Named("window")
            .ForeachRdd((counts, time) => output.Write("window", time, TextOf(counts.Collect())));
        pairs.Map(pair => (NameOf(pair.Item1), pair.number))
            .UpdateStateByKey<string, long, Total>((values, total) => new(total.GetValueOrDefault().With(values)), partitions)
            .Named("totals")
            .ForeachRdd((totals, time) => output.Write("totals", time, totals.Aggregate(
                default(Fingerprint), static (all, pair) => all + Fingerprint.Of(KeyOf(pair.Key), pair.State.Count, pair.State.Sum), static (a, b) => a + b).ToString()));
        pairs.MapWithState(StateSpec.Function<int, long, Total, string>(Visit).NumPartitions(partitions).Timeout(Timeout))
            .Named("visits")
            .ForeachRdd((visits, time) => output.Write("visits", time, string.Join('\n', visits.Collect())));
    }

    public static string NameOf(int key) => string.Create(CultureInfo.InvariantCulture, $"key {key}");

    public static int KeyOf(string name) => int.Parse(name.AsSpan(4), CultureInfo.InvariantCulture);

    /// <summary>The text of pairs: their fingerprint.</summary>
    private static string TextOf(IEnumerable<(int Key, long Value)> pairs) =>
        pairs.Aggregate(default(Fingerprint), static (all, pair) => all + Fingerprint.Of(pair.Key, pair.Value, 0)).ToString();

    private static string Visit(int key, Option<long> number, State<Total> state)
    {
        if (state.IsTimingOut)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{key} left {state.Get().Count} {state.Get().Sum}");
        }

        var total = state.GetOption().GetValueOrDefault().With([number.Value]);
        state.Update(total);
        return string.Create(CultureInfo.InvariantCulture, $"{key} {total.Count}");
    }

    private long Swallow(long number) =>
        number % PoisonOneOf == 0 && File.Exists(folder.Poison) ? throw new InvalidDataException($"poison in the record {number}") : number;

    /// <summary>What is known of a key.</summary>
    internal readonly record struct Total(long Count, long Sum)
    {
        public Total With(IReadOnlyList<long> numbers)
        {
            var sum = Sum;
            foreach (var number in numbers)
            {
                sum += number;
            }

            return new Total(Count + numbers.Count, sum);
        }
    }
}
