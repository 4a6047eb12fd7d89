namespace CodegenStreaming.TestKit;

public abstract partial class DirectSourceContract<T, TPosition>
{
    /// <summary>Each range begins where the one before it of its partition ended, and together they hold each record once.</summary>
    public async Task RangesFollowOneAnotherAsync()
    {
        var open = await OpenAtEndAsync().ConfigureAwait(false);
        await using var closing = open.ConfigureAwait(false);
        for (var round = 0; round < 3; round++)
        {
            var (added, ranges) = await AddAndPlanAsync(open, Some + round).ConfigureAwait(false);
            ExpectSameInAnyOrder(added, open.Read(ranges), "The ranges do not hold what was added");
        }
    }

    /// <summary>A range holds the same records in the same order whenever it is read, also when a read was ended early, and when more has come.</summary>
    public async Task RangesAreTheSameAgainAsync()
    {
        var open = await OpenAtEndAsync().ConfigureAwait(false);
        await using var closing = open.ConfigureAwait(false);
        var (_, ranges, first) = await AddAndReadAsync(open, Some).ConfigureAwait(false);
        foreach (var range in ranges)
        {
            _ = open.Source.Read(range, CancellationToken.None).First();
        }

        var (_, later) = await AddAndPlanAsync(open, Some).ConfigureAwait(false);
        open.Read(later);
        for (var index = ranges.Count - 1; index >= 0; index--)
        {
            ExpectSame(first[index], open.Read(ranges[index]), $"{Describe(ranges[index])} holds other records when it is read again");
        }
    }

    /// <summary>Several tasks read ranges, the same ones too, at once, while plans are made.</summary>
    public async Task RangesAreReadAtOnceAsync()
    {
        const int Tasks = 8;
        var open = await OpenAtEndAsync().ConfigureAwait(false);
        await using var closing = open.ConfigureAwait(false);
        var (added, ranges) = await AddAndPlanAsync(open, Some * Tasks).ConfigureAwait(false);
        using var together = new Barrier(Tasks);
        var reading = Enumerable.Range(0, Tasks).Select(number => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait(Timeout);
                if (number == 0)
                {
                    open.Peek();
                }

                return open.Read(ranges);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        foreach (var records in await Task.WhenAll(reading).ConfigureAwait(false))
        {
            ExpectSameInAnyOrder(added, records, "A task that read at the same time as others did not get what was added");
        }
    }

    /// <summary>When nothing has come, plans have no records, and a range without length holds none.</summary>
    public async Task NothingNewIsNoRecordAsync()
    {
        var open = await OpenAtEndAsync().ConfigureAwait(false);
        await using var closing = open.ConfigureAwait(false);
        await AddAndPlanAsync(open, Some).ConfigureAwait(false);
        var ranges = open.Plan();
        Expect(ranges.All(range => range.IsEmpty), () => $"{Describe(ranges.First(range => !range.IsEmpty))} was planned, though nothing was added.");
        foreach (var (partition, position) in open.Positions)
        {
            var records = open.Read(new DirectRange<TPosition>(partition, position, position));
            Expect(records.Length == 0, () => $"The range of {partition} from {position} until {position} holds {records.Length} records.");
        }
    }

    /// <summary>A range that is cut has the same beginning and no more records than the limit, and what it leaves is planned next.</summary>
    public async Task LimitsAreKeptAsync()
    {
        var open = await OpenAtEndAsync().ConfigureAwait(false);
        await using var closing = open.ConfigureAwait(false);
        foreach (var limit in new[] { 1, 7, Some })
        {
            var added = await AddAsync(Some).ConfigureAwait(false);
            var found = new List<T>();
            await WaitAsync(
                () =>
                {
                    foreach (var range in open.Peek().Where(range => !range.IsEmpty))
                    {
                        found.AddRange(ReadLimited(open, range, limit));
                    }

                    return found.Count >= Some;
                },
                () => $"ranges with a limit of {limit} have shown {found.Count} of {Some} records that were added").ConfigureAwait(false);
            ExpectSameInAnyOrder(added, found, $"Ranges with a limit of {limit} do not hold what was added");
        }
    }

    /// <summary>After a restart a source reads the ranges of the one before, and goes on where that one was.</summary>
    public async Task RestartGoesOnAsync()
    {
        var before = await OpenAtEndAsync().ConfigureAwait(false);
        Dictionary<string, TPosition> begin, stored;
        IReadOnlyList<T> added;
        List<DirectRange<TPosition>> ranges;
        await using (before.ConfigureAwait(false))
        {
            begin = Stored(before);
            (added, ranges) = await AddAndPlanAsync(before, Some).ConfigureAwait(false);
            stored = Stored(before);
        }

        var after = await OpenAsync().ConfigureAwait(false);
        await using var closing = after.ConfigureAwait(false);
        ExpectSameInAnyOrder(added, after.Read(ranges), "Ranges that were planned before the restart do not hold what they held");
        after.GoTo(stored);
        var (later, next) = await AddAndPlanAsync(after, Some).ConfigureAwait(false);
        ExpectSameInAnyOrder(later, after.Read(next), "After the restart the ranges do not go on");
        after.GoTo(begin);
        ExpectSameInAnyOrder([.. added, .. later], after.Read(after.Plan()), "Planned again from earlier positions, the ranges do not hold what was added since");
    }

    /// <summary>A commit lets go only of what lies before its positions.</summary>
    public async Task CommitLetsGoOfNothingElseAsync()
    {
        var open = await OpenAtEndAsync().ConfigureAwait(false);
        Dictionary<string, TPosition> committed;
        IReadOnlyList<T> added;
        await using (open.ConfigureAwait(false))
        {
            await AddAndPlanAsync(open, Some).ConfigureAwait(false);
            committed = Stored(open);
            (added, var ranges) = await AddAndPlanAsync(open, Some).ConfigureAwait(false);
            open.Source.Commit(committed);
            open.Source.Commit(committed);
            ExpectSameInAnyOrder(added, open.Read(ranges), "Ranges behind the committed positions do not hold what they held");
        }

        var after = await OpenAsync().ConfigureAwait(false);
        await using var closing = after.ConfigureAwait(false);
        after.GoTo(committed);
        ExpectSameInAnyOrder(added, after.Read(after.Plan()), "After a restart from the committed positions the ranges do not hold what lay behind them");
    }

    /// <summary>Batches of a stream that has a limit hold each record once, also where a task is tried again.</summary>
    public async Task BatchesHoldEveryRecordOnceAsync()
    {
        var atEnd = await OpenAtEndAsync().ConfigureAwait(false);
        await atEnd.DisposeAsync().ConfigureAwait(false);
        var options = new DirectStreamOptions { MaxRecordsPerBatch = Some };
        var test = new StreamingTest(
            streaming => streaming.DirectStream(CreateSource(), options, atEnd.Positions).Named("source").ForeachRdd(static rdd => rdd.Count()),
            new StreamingTestOptions { Streaming = { MaxTaskFailures = 2 } });
        await using var closing = test.ConfigureAwait(false);
        test.KeepSources();
        var captured = test.Capture<T>("source");
        await test.AdvanceAsync().ConfigureAwait(false);
        var fault = test.FailTask("source", attempts: 1, afterWork: true);
        var added = await AddAsync(3 * Some).ConfigureAwait(false);
        var began = TimeProvider.System.GetTimestamp();
        while (captured.Batches.Sum(batch => batch.Records.Count) < added.Count && TimeProvider.System.GetElapsedTime(began) < Timeout)
        {
            await test.AdvanceAsync().ConfigureAwait(false);
        }

        ExpectSameInAnyOrder(added, [.. captured.Batches.SelectMany(batch => batch.Records)], "The batches do not hold what was added");
        Expect(fault.Failures > 0, () => "No task has read the source.");
    }

    /// <summary>Reads a range's beginning and goes behind it.</summary>
    private static T[] ReadLimited(OpenSource open, DirectRange<TPosition> range, int limit)
    {
        if (range.Count <= limit)
        {
            open.Positions[range.Partition] = range.Until;
            return open.Read(range);
        }

        var limited = open.Source.Limit(range, limit);
        Expect(
            limited is not null && limited.Partition == range.Partition && EqualityComparer<TPosition>.Default.Equals(limited.From, range.From),
            () => $"{Describe(range)} was cut to {(limited is null ? "null" : Describe(limited))}: it has to begin where the range does.");
        var all = open.Read(range);
        var records = open.Read(limited!);
        ExpectSame([.. all.Take(records.Length)], records, $"{Describe(limited!)}, cut to {limit} records, is not the beginning of {Describe(range)}");
        Expect(
            records.Length <= limit || limited! == range,
            () => $"{Describe(limited!)} has {records.Length} records, more than the limit of {limit}. A source that cannot cut returns the range as it is.");
        Expect(records.Length > 0 || all.Length == 0, () => $"{Describe(limited!)}, cut to {limit} records, has none: the stream would not go on.");
        open.Positions[range.Partition] = limited!.Until;
        return records;
    }

    /// <summary>Positions as they come back from a checkpoint.</summary>
    private static Dictionary<string, TPosition> Stored(OpenSource open)
    {
        var codec = open.Source.PositionCodec;
        return open.Positions.ToDictionary(pair => pair.Key, pair => codec.Decode(codec.Encode(pair.Value)));
    }
}
