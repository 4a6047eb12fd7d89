using CodegenStreaming.TestKit.Comparison;

namespace CodegenStreaming.TestKit;

/// <summary>
/// What a source for <c>DirectStream</c> has to keep to, as checks that its author inherits: derive a test class, say how the source is opened and how records are added outside,
/// and call <see cref="CheckAllAsync"/> or the single checks from tests of any framework. What is not kept is a <see cref="StreamingTestException"/>, whose message is the report.
/// </summary>
/// <remarks>The checks may run one after another on the same data: each begins behind what is there. One thread at a time uses a contract.</remarks>
/// <typeparam name="T">The record type.</typeparam>
/// <typeparam name="TPosition">The type of positions.</typeparam>
public abstract partial class DirectSourceContract<T, TPosition>
{
    private const int Some = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>How long to wait, in real time, until a plan shows what was added. 30 seconds by default.</summary>
    protected virtual TimeSpan Timeout => TimeSpan.FromSeconds(30);

    /// <summary>Opens the source over the data that <see cref="AddAsync"/> adds to; called again for a restart, when the one before was stopped.</summary>
    protected abstract DirectSource<T, TPosition> CreateSource();

    /// <summary>Adds records outside, to one partition or several, as those do whose records the source reads.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The records, which differ from one another and from all added before. They are there to be read, or soon will be.</returns>
    protected abstract Task<IReadOnlyList<T>> AddAsync(int count);

    /// <summary>Runs all checks, each whatever the others find.</summary>
    /// <exception cref="StreamingTestException">Some are not met; the message tells of all of them.</exception>
    public async Task CheckAllAsync()
    {
        (string Name, Func<Task> Check)[] checks =
        [
            (nameof(RangesFollowOneAnotherAsync), RangesFollowOneAnotherAsync),
            (nameof(RangesAreTheSameAgainAsync), RangesAreTheSameAgainAsync),
            (nameof(RangesAreReadAtOnceAsync), RangesAreReadAtOnceAsync),
            (nameof(NothingNewIsNoRecordAsync), NothingNewIsNoRecordAsync),
            (nameof(LimitsAreKeptAsync), LimitsAreKeptAsync),
            (nameof(RestartGoesOnAsync), RestartGoesOnAsync),
            (nameof(CommitLetsGoOfNothingElseAsync), CommitLetsGoOfNothingElseAsync),
            (nameof(BatchesHoldEveryRecordOnceAsync), BatchesHoldEveryRecordOnceAsync),
        ];
        var failures = new List<Exception>();
        var report = new List<string>();
        foreach (var (name, check) in checks)
        {
            try
            {
                await check().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Reported with the others.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures.Add(exception);
                report.Add($"{name}: {(exception is StreamingTestException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}")}");
            }
        }

        if (failures.Count > 0)
        {
            throw new StreamingTestException(string.Join('\n', report), failures[0]);
        }
    }

    private async Task<OpenSource> OpenAsync()
    {
        var source = CreateSource() ?? throw new StreamingTestException("CreateSource has returned null.");
        await source.StartAsync(CancellationToken.None).ConfigureAwait(false);
        return new OpenSource(source);
    }

    /// <summary>Opens the source and goes behind what is there.</summary>
    private async Task<OpenSource> OpenAtEndAsync()
    {
        var open = await OpenAsync().ConfigureAwait(false);
        while (open.Plan().Any(range => !range.IsEmpty))
        {
        }

        return open;
    }

    /// <summary>Adds records and plans until all of them are there.</summary>
    private async Task<(IReadOnlyList<T> Added, List<DirectRange<TPosition>> Ranges)> AddAndPlanAsync(OpenSource open, int count)
    {
        var (added, ranges, _) = await AddAndReadAsync(open, count).ConfigureAwait(false);
        return (added, ranges);
    }

    /// <summary>The same with what each range held when it was read the first time.</summary>
    private async Task<(IReadOnlyList<T> Added, List<DirectRange<TPosition>> Ranges, List<T[]> Records)> AddAndReadAsync(OpenSource open, int count)
    {
        var added = await AddAsync(count).ConfigureAwait(false);
        Expect(added.Count == count, () => $"AddAsync has added {added.Count} records where {count} were asked for.");
        var ranges = new List<DirectRange<TPosition>>();
        var records = new List<T[]>();
        var found = 0;
        await WaitAsync(
            () =>
            {
                foreach (var range in open.Plan().Where(range => !range.IsEmpty))
                {
                    ranges.Add(range);
                    records.Add(open.Read(range));
                    found += records[^1].Length;
                }

                return found >= count;
            },
            () => $"the plans have shown {found} of {count} records that were added").ConfigureAwait(false);
        return (added, ranges, records);
    }

    private async Task WaitAsync(Func<bool> isMet, Func<string> describe)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isMet())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Timeout)
            {
                throw new StreamingTestException($"After {Timeout} {describe()}.");
            }

            await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
        }
    }

    private static void Expect(bool isMet, Func<string> problem)
    {
        if (!isMet)
        {
            throw new StreamingTestException(problem());
        }
    }

    private static void ExpectSame(IReadOnlyList<T> expected, IReadOnlyList<T> found, string what)
    {
        if (RecordDifference.InOrder(expected, found, RecordEquality<T>.Exact) is { } difference)
        {
            throw new StreamingTestException($"{what}: {difference}");
        }
    }

    private static void ExpectSameInAnyOrder(IReadOnlyList<T> expected, IReadOnlyList<T> found, string what)
    {
        if (RecordDifference.InAnyOrder(expected, found, RecordEquality<T>.Exact) is { } difference)
        {
            throw new StreamingTestException($"{what}: {difference}");
        }
    }

    private static string Describe(DirectRange<TPosition> range) => $"The range of {range.Partition} from {range.From} until {range.Until}";

    /// <summary>A source that runs, and where it has been read to.</summary>
    private sealed class OpenSource(DirectSource<T, TPosition> source) : IAsyncDisposable
    {
        public DirectSource<T, TPosition> Source => source;

        public Dictionary<string, TPosition> Positions { get; private set; } = [];

        /// <summary>Begins elsewhere.</summary>
        public void GoTo(Dictionary<string, TPosition> positions) => Positions = positions;

        /// <summary>Plans, checks the ranges, and goes behind them.</summary>
        public IReadOnlyList<DirectRange<TPosition>> Plan()
        {
            var ranges = Peek();
            foreach (var range in ranges)
            {
                Positions[range.Partition] = range.Until;
            }

            return ranges;
        }

        /// <summary>Plans and checks the ranges.</summary>
        public IReadOnlyList<DirectRange<TPosition>> Peek()
        {
            var ranges = source.Plan(new Dictionary<string, TPosition>(Positions));
            Expect(ranges is not null, () => "The plan is null.");
            var partitions = new HashSet<string>();
            foreach (var range in ranges!)
            {
                Expect(range?.Partition is not null, () => "The plan has a range that is null, or whose partition is.");
                Expect(partitions.Add(range!.Partition), () => $"The plan has two ranges of {range.Partition}; a batch has at most one of each partition.");
                Expect(range.Count is null or >= 0, () => $"{Describe(range)} has {range.Count} records.");
                Expect(
                    !Positions.TryGetValue(range.Partition, out var position) || EqualityComparer<TPosition>.Default.Equals(position, range.From),
                    () => $"{Describe(range)} does not begin at {Positions[range.Partition]}, where the one before it ended: records are missing, or there twice.");
            }

            return ranges;
        }

        /// <summary>A range's records, whose number is checked.</summary>
        public T[] Read(DirectRange<TPosition> range)
        {
            var records = source.Read(range, CancellationToken.None).ToArray();
            Expect(range.Count is null || range.Count == records.Length, () => $"{Describe(range)} was planned with {range.Count} records and has {records.Length}.");
            return records;
        }

        public T[] Read(IEnumerable<DirectRange<TPosition>> ranges) => [.. ranges.SelectMany(Read)];

        public async ValueTask DisposeAsync() => await source.StopAsync().ConfigureAwait(false);
    }
}
