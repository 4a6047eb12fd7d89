namespace CodegenStreaming.Conformance.Recovery;

/// <summary>
/// The program that wrote the kept checkpoints: a bit of everything that a checkpoint can hold. It must not be changed, except by what an upgrade may change.
/// </summary>
/// <param name="source">What it reads.</param>
/// <param name="lines">Where it shows the records of the latest batch.</param>
[StreamingPipeline(Name = "golden")]
internal sealed partial class GoldenProgram(GoldenSource source, GoldenLines lines)
{
    public void Define(StreamingContext streaming)
    {
        var numbers = streaming.DirectStream(source).Named("numbers");
        var pairs = numbers.Map(number => ($"key{number % 5}", number));
        lines.Show("totals", pairs.UpdateStateByKey<string, int, long>((values, state) => new Option<long>(state.GetValueOrDefault() + values.Sum())));
        lines.Show("accounts", numbers.Map(number => (new Place(number % 3, (Level)(number % 2)), number)).UpdateStateByKey<Place, int, Account>((values, state) => Add(values, state)));
        lines.Show("visits", pairs.MapWithState(StateSpec.Function<string, int, (int Count, DateTime Last), string>(Visit).Timeout(TimeSpan.FromSeconds(3))));
        lines.Show("sliding", pairs.ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2)));
        lines.Show("uneven", pairs.ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)));
        lines.Show("greatest", pairs.ReduceByKeyAndWindow((a, b) => Math.Max(a, b), TimeSpan.FromSeconds(3)));
        lines.Show("sum", numbers.ReduceByWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1)));
        lines.Show("latest", pairs.Window(TimeSpan.FromSeconds(3)));
        lines.Show("files", streaming.TextFileStream("/no-such-directory").Named("lines"));
    }

    private static Option<Account> Add(IReadOnlyList<int> values, Option<Account> state)
    {
        var before = state.TryGetValue(out var known) ? known : new Account { Opened = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)), Id = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e") };
        return new Option<Account>(before with
        {
            Balance = before.Balance + (values.Sum() / 100m),
            Ratio = before.Ratio + (0.5 * values.Count),
            Last = values.Count == 0 ? before.Last : values[^1],
            Levels = [.. before.Levels, .. values.Take(1).Select(value => (Level)(value % 2))],
            Counts = values.Aggregate(before.Counts, (counts, value) => new Dictionary<string, long>(counts) { [$"n{value % 2}"] = counts.GetValueOrDefault($"n{value % 2}") + 1 }),
        });
    }

    private static string Visit(string key, Option<int> value, State<(int Count, DateTime Last)> state)
    {
        if (state.IsTimingOut)
        {
            return $"{key} left after {state.Get().Count}";
        }

        var count = state.Exists ? state.Get().Count + 1 : 1;
        state.Update((count, new DateTime(2026, 1, 1, 0, 0, count, DateTimeKind.Utc)));
        return $"{key} {count} {value.Value}";
    }

    internal enum Level : short
    {
        Low,
        High,
    }

    internal readonly record struct Place(int Region, Level Level);

    internal sealed record Account
    {
        public decimal Balance { get; set; }

        public double Ratio { get; set; }

        public int? Last { get; set; }

        public DateTimeOffset Opened { get; set; }

        public Guid Id { get; set; }

        public List<Level> Levels { get; set; } = [];

        public Dictionary<string, long> Counts { get; set; } = [];

        public override string ToString() =>
            $"{Balance} {Ratio} {Last} {Opened:u} {Id} {string.Join(",", Levels)} {string.Join(",", Counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key}={count.Value}"))}";
    }
}

/// <summary>The records of each stream in its latest batch.</summary>
internal sealed class GoldenLines
{
    public SortedDictionary<string, string> Latest { get; } = new(StringComparer.Ordinal);

    public void Show<T>(string name, DStream<T> stream)
    {
        var named = name == "files" ? stream : stream.Named(name);
        named.ForeachRdd(rdd =>
        {
            var text = string.Join("; ", rdd.Collect().Select(record => record?.ToString()).Order(StringComparer.Ordinal));
            lock (Latest)
            {
                Latest[name] = text;
            }
        });
    }
}

/// <summary>Two partitions of numbers, of which so many are there as the test says.</summary>
internal sealed class GoldenSource : DirectSource<int, long>
{
    public long Available { get; set; }

    public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) =>
        [.. new[] { "even", "odd" }.Select(name => new DirectRange<long>(name, positions.GetValueOrDefault(name), Available, Available - positions.GetValueOrDefault(name)))];

    public override DirectRange<long> Limit(DirectRange<long> range, long records) => new(range.Partition, range.From, range.From + records, records);

    public override IEnumerable<int> Read(DirectRange<long> range, CancellationToken cancellationToken)
    {
        for (var index = range.From; index < range.Until; index++)
        {
            yield return (int)(2 * index) + (range.Partition == "odd" ? 1 : 0);
        }
    }
}
