using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Execution;

public sealed class ConnectionPoolTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<Link> _links = [];

    [Fact]
    public async Task AConnection_IsOpenedWhenItIsNeeded_AndUsedAgain()
    {
        using var pool = Pool(new());
        Assert.Equal(0, pool.Count);
        using (var first = pool.Rent(TestContext.Current.CancellationToken))
        {
            Assert.Equal((1, 0), (pool.Count, pool.IdleCount));
            await using var second = await pool.RentAsync(TestContext.Current.CancellationToken);
            Assert.NotSame(first.Connection, second.Connection);
        }

        Assert.Equal((2, 2), (pool.Count, pool.IdleCount));
        using var third = pool.Rent(TestContext.Current.CancellationToken);
        Assert.Same(_links[0], third.Connection); // The one that was given back last.
        Assert.Equal(2, _links.Count);
    }

    [Fact]
    public async Task WhoComesWhenAllAreInUse_WaitsForOneThatIsGivenBack()
    {
        using var pool = Pool(new() { MaxSize = 1 });
        var first = pool.Rent(TestContext.Current.CancellationToken);
        var second = pool.RentAsync(TestContext.Current.CancellationToken).AsTask();
        using var giveUp = new CancellationTokenSource();
        var third = pool.RentAsync(giveUp.Token).AsTask();
        Assert.False(second.IsCompleted);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        await first.DisposeAsync();

        using var taken = await second;
        Assert.Same(_links.Single(), taken.Connection);
    }

    [Fact]
    public void AConnectionThatNobodyUses_IsClosedAfterItsTime()
    {
        using var pool = Pool(new() { IdleTimeout = TimeSpan.FromMinutes(1) });
        var leases = Enumerable.Range(0, 3).Select(_ => pool.Rent(TestContext.Current.CancellationToken)).ToArray();
        leases[0].Dispose();
        _time.Advance(TimeSpan.FromSeconds(40));
        leases[1].Dispose();
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(3, pool.Count);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 1), (pool.Count, pool.IdleCount));
        Assert.Equal([true, false, false], _links.Select(link => link.IsClosed));

        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal((1, 0), (pool.Count, pool.IdleCount));
        leases[2].Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, pool.Count);
        Assert.All(_links, link => Assert.True(link.IsClosed));
        using var again = pool.Rent(TestContext.Current.CancellationToken);
        Assert.Equal(4, _links.Count);
    }

    [Fact]
    public void AConnectionInSteadyUse_IsKept()
    {
        using var pool = Pool(new() { IdleTimeout = TimeSpan.FromMinutes(1) });
        for (var use = 0; use < 10; use++)
        {
            using (pool.Rent(TestContext.Current.CancellationToken))
            {
            }

            _time.Advance(TimeSpan.FromSeconds(50));
        }

        Assert.False(Assert.Single(_links).IsClosed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AConnectionThatIsNotWell_IsClosed_AndAnotherTakesItsPlace(bool throws)
    {
        using var pool = Pool(new()
        {
            MaxSize = 1,
            IsHealthy = async (link, _) =>
            {
                await Task.Yield();
                return throws && link.IsBroken ? throw new InvalidOperationException("broken") : !link.IsBroken;
            },
        });
        for (var use = 0; use < 2; use++)
        {
            await using var lease = await pool.RentAsync(TestContext.Current.CancellationToken);
            lease.Connection.IsBroken = use == 1;
        }

        using var next = pool.Rent(TestContext.Current.CancellationToken);
        Assert.Equal([true, false], _links.Select(link => link.IsClosed));
        Assert.Same(_links[1], next.Connection);
        Assert.Equal(1, pool.Count);
    }

    [Fact]
    public void ADiscardedConnection_IsNotUsedAgain()
    {
        using var pool = Pool(new());
        var lease = pool.Rent(TestContext.Current.CancellationToken);
        lease.Discard();
        lease.Dispose();
        lease.Dispose();
        Assert.True(_links.Single().IsClosed);
        Assert.Equal(0, pool.Count);
        Assert.Throws<ObjectDisposedException>(() => lease.Connection);
    }

    [Fact]
    public async Task AnOpenThatFails_FreesItsPlace()
    {
        var calls = 0;
        using var pool = new ConnectionPool<Link>(_ => calls++ == 0 ? throw new TimeoutException() : new ValueTask<Link>(new Link()), new() { MaxSize = 1 });
        Assert.Throws<TimeoutException>(() => pool.Rent(TestContext.Current.CancellationToken));
        Assert.Equal(0, pool.Count);
        await using var lease = await pool.RentAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, pool.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADisposedPool_ClosesWhatItHas_AndSendsAwayWhoWaits(bool asynchronously)
    {
        var pool = Pool(new() { MaxSize = 2 });
        var used = pool.Rent(TestContext.Current.CancellationToken);
        var idle = pool.Rent(TestContext.Current.CancellationToken);
        var waiting = new[] { pool.RentAsync(TestContext.Current.CancellationToken).AsTask(), pool.RentAsync(TestContext.Current.CancellationToken).AsTask() };
        var third = await GiveAndTakeAsync();
        await (asynchronously ? pool.DisposeAsync() : DisposeNow());

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting[1]);
        Assert.Throws<ObjectDisposedException>(() => pool.Rent(TestContext.Current.CancellationToken));
        used.Dispose();
        await third.DisposeAsync();
        Assert.All(_links, link => Assert.True(link.IsClosed));

        async Task<PooledConnection<Link>> GiveAndTakeAsync()
        {
            idle.Dispose();
            return await waiting[0];
        }

        ValueTask DisposeNow()
        {
            pool.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task ManyWhoTakeAndGive_NeverShareAConnection_AndNeverHaveTooMany()
    {
        var (open, most) = (0, 0);
        var pool = new ConnectionPool<Link>(
            async _ =>
            {
                await Task.Yield();
                var now = Interlocked.Increment(ref open);
                lock (_links)
                {
                    most = Math.Max(most, now);
                }

                return new Link { OnClose = () => Interlocked.Decrement(ref open) };
            },
            new() { MaxSize = 4, IdleTimeout = TimeSpan.FromSeconds(1), IsHealthy = (link, _) => new(!link.IsBroken) },
            _time);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(user => Task.Run(async () =>
        {
            var random = new Random(user);
            for (var turn = 0; turn < 500; turn++)
            {
                await using var lease = random.Next(2) == 0 ? await pool.RentAsync() : pool.Rent();
                Assert.Equal(1, Interlocked.Increment(ref lease.Connection.Users));
                await Task.Yield();
                lease.Connection.IsBroken = random.Next(10) == 0;
                if (random.Next(20) == 0)
                {
                    _time.Advance(TimeSpan.FromMilliseconds(300));
                }

                if (random.Next(20) == 0)
                {
                    lease.Discard();
                }

                Interlocked.Decrement(ref lease.Connection.Users);
            }
        })));

        Assert.InRange(most, 1, 4);
        await pool.DisposeAsync();
        Assert.Equal(0, pool.Count);
    }

    [Fact]
    public void APoolOfAName_IsMadeOnce_AndEndsWithItsEngine()
    {
        using var engine = new EngineContext(master: "local[2]", timeProvider: _time);
        var pool = engine.GetOrCreateConnectionPool("database", () => Open(), new() { IdleTimeout = TimeSpan.FromSeconds(5) });
        Assert.Same(pool, engine.GetOrCreateConnectionPool("database", () => Open()));
        engine.Parallelize(Enumerable.Range(0, 100), 8).ForeachPartition(records =>
        {
            using var lease = pool.Rent();
            Assert.Equal(1, Interlocked.Increment(ref lease.Connection.Users));
            _ = records.Sum();
            Interlocked.Decrement(ref lease.Connection.Users);
        });
        Assert.InRange(_links.Count, 1, 2); // As many as tasks run at once.
        var before = _links.Count;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, pool.Count);
        using (pool.Rent(TestContext.Current.CancellationToken))
        {
        }

        engine.Dispose();
        Assert.True(_links[before].IsClosed);
        Assert.Throws<ObjectDisposedException>(() => pool.Rent(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AWrongSetting_IsRefused()
    {
        Assert.Contains("MaxSize is '0'", Assert.Throws<ArgumentException>(() => Pool(new() { MaxSize = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("IdleTimeout is '00:00:00'", Assert.Throws<ArgumentException>(() => Pool(new() { IdleTimeout = TimeSpan.Zero })).Message, StringComparison.Ordinal);
    }

    private ConnectionPool<Link> Pool(ConnectionPoolOptions<Link> options) => new(Open, options, _time);

    private Link Open()
    {
        lock (_links)
        {
            _links.Add(new Link());
            return _links[^1];
        }
    }

    private sealed class Link : IDisposable
    {
        public int Users;

        public bool IsBroken { get; set; }

        public bool IsClosed { get; private set; }

        public Action? OnClose { get; init; }

        public void Dispose()
        {
            Assert.False(IsClosed);
            IsClosed = true;
            OnClose?.Invoke();
        }
    }
}
