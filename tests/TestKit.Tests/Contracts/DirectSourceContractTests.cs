namespace CodegenStreaming.TestKit.Tests.Contracts;

/// <summary>The contract is met by a source as it should be, and tells what is wrong with each that is not.</summary>
public sealed class DirectSourceContractTests
{
    [Fact]
    public Task SourceAsItShouldBe_KeepsTheContract() => new Contract(static log => new NumberSource(log)).CheckAllAsync();

    [Fact]
    public Task SourceThatDoesNotKnowItsCounts_KeepsTheContract() => new Contract(static log => new Uncounted(log)).CheckAllAsync();

    [Fact]
    public Task TableById_KeepsTheContract() => new TableContract().CheckAllAsync();

    [Fact]
    public async Task GapBetweenRanges_IsReported() =>
        await RefusesAsync(static log => new Skipping(log), static contract => contract.RangesFollowOneAnotherAsync(), "records are missing, or there twice");

    [Fact]
    public async Task RangesOfOnePartitionTwice_AreReported() =>
        await RefusesAsync(static log => new Doubling(log), static contract => contract.RangesFollowOneAnotherAsync(), "two ranges of p0");

    [Fact]
    public async Task OtherRecordsTheSecondTime_AreReported() =>
        await RefusesAsync(static log => new Forgetful(log), static contract => contract.RangesAreTheSameAgainAsync(), "holds other records when it is read again");

    [Fact]
    public async Task ReaderForOneTaskOnly_IsReported() =>
        await RefusesAsync(static log => new ForOneTask(log), static contract => contract.RangesAreReadAtOnceAsync(), "at the same time as others");

    [Fact]
    public async Task RangeWithoutAnythingNew_IsReported() =>
        await RefusesAsync(static log => new Restless(log), static contract => contract.NothingNewIsNoRecordAsync(), "though nothing was added");

    [Fact]
    public async Task LimitThatIsNotKept_IsReported() =>
        await RefusesAsync(static log => new Generous(log), static contract => contract.LimitsAreKeptAsync(), "more than the limit of 1");

    [Fact]
    public async Task LimitThatLeavesNothing_IsReported() =>
        await RefusesAsync(static log => new Mean(log), static contract => contract.LimitsAreKeptAsync(), "the stream would not go on");

    [Fact]
    public async Task WrongCount_IsReported() =>
        await RefusesAsync(static log => new Miscounting(log), static contract => contract.RangesFollowOneAnotherAsync(), "records and has");

    [Fact]
    public async Task SourceThatKnowsItsRangesOnlyItself_IsReported() =>
        await RefusesAsync(static log => new Remembering(log), static contract => contract.RestartGoesOnAsync(), "before the restart");

    [Fact]
    public async Task CommitThatLetsGoOfTooMuch_IsReported() =>
        await RefusesAsync(static log => new Hasty(log), static contract => contract.CommitLetsGoOfNothingElseAsync(), "behind the committed positions");

    [Fact]
    public async Task RecordThatNeverShows_IsReported() =>
        await RefusesAsync(static log => new Late(log), static contract => contract.RangesFollowOneAnotherAsync(), "the plans have shown 39 of 40 records");

    [Fact]
    public async Task AllFailures_AreInOneReport()
    {
        var failure = await Assert.ThrowsAsync<StreamingTestException>(() => new Contract(static log => new Generous(log)).CheckAllAsync());

        Assert.StartsWith("LimitsAreKeptAsync: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("RangesFollowOneAnotherAsync", failure.Message, StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(Func<NumberLog, NumberSource> create, Func<Contract, Task> check, string report)
    {
        var failure = await Assert.ThrowsAsync<StreamingTestException>(() => check(new Contract(create)));
        Assert.Contains(report, failure.Message, StringComparison.Ordinal);
    }

    private sealed class Contract(Func<NumberLog, NumberSource> create) : DirectSourceContract<int, long>
    {
        private readonly NumberLog _log = new();

        protected override TimeSpan Timeout => TimeSpan.FromSeconds(2);

        protected override DirectSource<int, long> CreateSource() => create(_log);

        protected override Task<IReadOnlyList<int>> AddAsync(int count) => Task.FromResult(_log.Add(count));
    }

    private sealed class TableContract : DirectSourceContract<string, string>
    {
        private readonly Table _table = new();

        protected override DirectSource<string, string> CreateSource() => new TableSource(_table);

        protected override Task<IReadOnlyList<string>> AddAsync(int count) => Task.FromResult(_table.Insert(count));
    }

    private sealed class Uncounted(NumberLog log) : NumberSource(log)
    {
        public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) =>
            [.. base.Plan(positions).Select(range => range with { Count = null })];
    }

    private sealed class Skipping(NumberLog log) : NumberSource(log)
    {
        public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) =>
            [.. base.Plan(positions).Select(range => range.IsEmpty || !positions.ContainsKey(range.Partition) ? range : RangeOf(range.Partition, range.From + 1, range.Until))];
    }

    private sealed class Doubling(NumberLog log) : NumberSource(log)
    {
        public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) => [.. base.Plan(positions), .. base.Plan(positions)];
    }

    private sealed class Forgetful(NumberLog log) : NumberSource(log)
    {
        private readonly HashSet<DirectRange<long>> _read = [];

        public override IEnumerable<int> Read(DirectRange<long> range, CancellationToken cancellationToken) =>
            _read.Add(range) || range.IsEmpty ? base.Read(range, cancellationToken) : base.Read(range, cancellationToken).Reverse();
    }

    private sealed class ForOneTask(NumberLog log) : NumberSource(log)
    {
        private readonly Lock _lock = new();
        private DirectRange<long>? _current;

        public override IEnumerable<int> Read(DirectRange<long> range, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                _current = range;
            }

            for (var position = range.From; position < range.Until; position++)
            {
                Thread.Yield();
                yield return base.Read(_current, cancellationToken).ElementAtOrDefault((int)(position - range.From));
            }
        }
    }

    private sealed class Restless(NumberLog log) : NumberSource(log)
    {
        public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) =>
            [.. base.Plan(positions).Select(range => range.IsEmpty && positions.Count > 0 ? range with { Until = range.Until + 1, Count = 0 } : range)];
    }

    private sealed class Generous(NumberLog log) : NumberSource(log)
    {
        public override DirectRange<long> Limit(DirectRange<long> range, long records) => base.Limit(range, Math.Min(records + 1, range.Until - range.From));
    }

    private sealed class Mean(NumberLog log) : NumberSource(log)
    {
        public override DirectRange<long> Limit(DirectRange<long> range, long records) => base.Limit(range, 0);
    }

    private sealed class Miscounting(NumberLog log) : NumberSource(log)
    {
        public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) =>
            [.. base.Plan(positions).Select(range => range with { Count = range.Count + 1 })];
    }

    private sealed class Remembering(NumberLog log) : NumberSource(log)
    {
        private readonly HashSet<(string, long)> _planned = [];

        public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions)
        {
            var ranges = base.Plan(positions);
            _planned.UnionWith(ranges.Select(range => (range.Partition, range.From)));
            return ranges;
        }

        public override IEnumerable<int> Read(DirectRange<long> range, CancellationToken cancellationToken) =>
            _planned.Contains((range.Partition, range.From)) ? base.Read(range, cancellationToken) : base.Read(range, cancellationToken).Select(_ => -1);
    }

    private sealed class Hasty(NumberLog log) : NumberSource(log)
    {
        private bool _isGone;

        public override IEnumerable<int> Read(DirectRange<long> range, CancellationToken cancellationToken) =>
            base.Read(range, cancellationToken).Select(number => _isGone ? -number : number);

        public override void Commit(IReadOnlyDictionary<string, long> positions) => _isGone = true;
    }

    private sealed class Late(NumberLog log) : NumberSource(log)
    {
        public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) =>
            [.. base.Plan(positions).Select(range => range.Partition == "p0" ? RangeOf("p0", range.From, Math.Max(range.From, range.Until - 1)) : range)];
    }
}
