using System.Globalization;

namespace CodegenStreaming.CheckpointTool.Tests;

/// <summary>Lines of a key and an amount in; states and windows of each kind that is saved.</summary>
[StreamingPipeline]
internal sealed partial class Shop(string folder)
{
    internal enum Mood
    {
        Calm,
        Busy,
    }

    /// <summary>What the totals were after the last batch.</summary>
    public IReadOnlyDictionary<string, long> Totals { get; private set; } = new Dictionary<string, long>();

    /// <summary>What the sliding sums were.</summary>
    public IReadOnlyDictionary<string, int> Sums { get; private set; } = new Dictionary<string, int>();

    public void Define(StreamingContext streaming)
    {
        var pairs = streaming.TextFileStream(folder)
            .Map(line => line.Split(' '))
            .Map(words => (words[0], int.Parse(words[1], CultureInfo.InvariantCulture)));
        pairs.UpdateStateByKey<string, int, long>((amounts, total) => Add(amounts, total), 2)
            .Named("totals")
            .ForeachRdd(rdd => Totals = rdd.Collect().ToDictionary());
        pairs.MapWithState(StateSpec.Function<string, int, Visits, string>(Visit).NumPartitions(1).Timeout(TimeSpan.FromMinutes(1)))
            .Named("visits")
            .ForeachRdd(rdd => rdd.Count());
        pairs.ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), 3)
            .Named("sliding")
            .ForeachRdd(rdd => Sums = rdd.Collect().ToDictionary());
        pairs.ReduceByKeyAndWindow((a, b) => Math.Max(a, b), TimeSpan.FromSeconds(2), numPartitions: 1)
            .ForeachRdd(rdd => rdd.Count());
        pairs.Map(pair => pair.Item2)
            .ReduceByWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1))
            .Named("all")
            .ForeachRdd(rdd => rdd.Count());
    }

    /// <summary>A key whose amounts of a batch are negative goes.</summary>
    private static Option<long> Add(IReadOnlyList<int> amounts, Option<long> total) =>
        amounts.Sum() < 0 ? default : new Option<long>(total.GetValueOrDefault() + amounts.Sum());

    private static string Visit(string key, Option<int> amount, State<Visits> state)
    {
        if (!state.IsTimingOut)
        {
            var count = state.Exists ? state.Get().Count + 1 : 1;
            state.Update(new Visits(count, count > 1 ? Mood.Busy : Mood.Calm, [amount.GetValueOrDefault()], count > 2 ? "often" : null));
        }

        return key;
    }

    internal sealed record Visits(int Count, Mood Mood, List<int> Amounts, string? Note);
}
