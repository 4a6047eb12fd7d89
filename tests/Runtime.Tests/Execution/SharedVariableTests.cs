namespace CodegenStreaming.Tests.Execution;

/// <summary>Broadcast variables and accumulators.</summary>
public sealed class SharedVariableTests
{
    [Fact]
    public void Accumulators_SumUp_FromAllTasksAndTheDriver()
    {
        using var engine = new EngineContext(master: "local[2]");
        var sum = engine.LongAccumulator("sum");
        var halves = engine.DoubleAccumulator("halves");
        var odd = engine.CollectionAccumulator<int>("odd");
        engine.Parallelize(Enumerable.Range(0, 1000), 7).Foreach(number =>
        {
            sum.Add(number);
            halves.Add(number / 2.0);
            if (number % 2 == 1)
            {
                odd.Add(number);
            }
        });
        sum.Add(500);

        Assert.Equal((499_500 + 500, 1001), (sum.Value, sum.Count));
        Assert.Equal((249_750.0, 1000), (halves.Value, halves.Count));
        Assert.Equal(Enumerable.Range(0, 500).Select(number => (2 * number) + 1), odd.Value.Order());
        sum.Reset();
        Assert.Equal((0, 0), (sum.Value, sum.Count));
    }

    [Fact]
    public void FailedAttempts_DoNotCount()
    {
        using var engine = new EngineContext(master: "local[2]", maxTaskFailures: 3);
        var sum = engine.LongAccumulator("sum");
        var attempts = 0;
        engine.Parallelize(Enumerable.Range(1, 100), 4).Foreach(number =>
        {
            sum.Add(number);
            if (number == 40 && Interlocked.Increment(ref attempts) < 3)
            {
                throw new InvalidDataException("Not yet.");
            }
        });

        Assert.Equal(3, attempts);
        Assert.Equal((5050, 100), (sum.Value, sum.Count));
    }

    [Fact]
    public void TasksThatFailForGood_DoNotCount_NorDoesTheirExplanation()
    {
        using var engine = new EngineContext(master: "local");
        var sum = engine.LongAccumulator("sum");
        var failing = engine.Parallelize(Enumerable.Range(1, 30), 3).Map(number =>
        {
            sum.Add(1);
            return 1 / (number - 15);
        });
        Assert.Equal("Map", Assert.Throws<StreamingTaskException>(() => failing.Foreach(_ => { })).OperatorName);

        // The first and the last partition; the second one failed, and was run again to see where.
        Assert.Equal(20, sum.Value);
    }

    [Fact]
    public void TransformationsComputedAgain_AddAgain()
    {
        using var engine = new EngineContext(master: "local[2]");
        var calls = engine.LongAccumulator("calls");
        var numbers = engine.Parallelize([1, 2, 3]).Map(number =>
        {
            calls.Add(1);
            return number;
        });
        numbers.Count();
        numbers.Count();
        Assert.Equal(6, calls.Value);
    }

    [Fact]
    public void Values_AreReadOnTheDriver()
    {
        using var engine = new EngineContext();
        var sum = engine.LongAccumulator("total");
        var failure = Assert.Throws<StreamingTaskException>(() => engine.Parallelize([1]).Foreach(_ => sum.Add(sum.Value)));
        Assert.Contains("total", Assert.IsType<StreamingException>(failure.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accumulators_OfTheUsersKind()
    {
        using var engine = new EngineContext(master: "local[2]");
        var longest = engine.GetOrCreate("longest", context => new Longest(context));
        engine.Parallelize(["a", "ccc", "bb"], 3).Foreach(longest.Add);
        Assert.Equal("ccc", longest.Value);
        Assert.Same(longest, engine.GetOrCreate<Longest>("longest", _ => throw new InvalidOperationException("It is there.")));
    }

    [Fact]
    public void Singletons_AreMadeOnce_AtFirstUse()
    {
        using var engine = new EngineContext();
        var made = 0;
        Parallel.For(0, 20, _ => Assert.Equal(["a"], engine.GetOrCreateBroadcast("excluded", () =>
        {
            Interlocked.Increment(ref made);
            return new[] { "a" };
        }).Value));

        Assert.Equal(1, made);
        Assert.Same(engine.GetOrCreateLongAccumulator("dropped"), engine.GetOrCreateLongAccumulator("dropped"));
        Assert.Throws<InvalidOperationException>(() => engine.GetOrCreateDoubleAccumulator("dropped"));
        Assert.Throws<InvalidDataException>(() => engine.GetOrCreateBroadcast<int>("broken", () => throw new InvalidDataException()));
        Assert.Equal(1, engine.GetOrCreateBroadcast("broken", () => 1).Value);
    }

    [Fact]
    public void Broadcasts_AreRead_UntilTheyAreDestroyed()
    {
        using var engine = new EngineContext(master: "local[2]");
        var names = engine.Broadcast(new Dictionary<int, string> { [1] = "one", [2] = "two" });
        Assert.Equal(["one", "two"], engine.Parallelize([1, 2]).Map(number => names.Value[number]).Collect());
        names.Destroy();
        Assert.Throws<ObjectDisposedException>(() => names.Value);
    }

    private sealed class Longest(EngineContext engine) : Accumulator<string, string>(engine, "longest")
    {
        private string _text = "";

        protected override string Result => _text;

        protected override Accumulator<string, string> CreatePart() => new Longest(Engine);

        protected override void AddValue(string value) => _text = value.Length > _text.Length ? value : _text;

        protected override void AddPart(Accumulator<string, string> part) => AddValue(((Longest)part)._text);

        protected override void Clear() => _text = "";
    }
}
