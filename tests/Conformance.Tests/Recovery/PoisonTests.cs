using System.Globalization;
using CodegenStreaming.Tests.Checkpoints;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>Records at which functions throw.</summary>
public sealed partial class PoisonTests : IDisposable
{
    private readonly RestartedProgram _files = new();

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task Skip_LeavesOutTheBadRecords_AndNoOthers(bool useGeneratedLoops, int maxFailures)
    {
        var numbers = new Numbers();
        await using var test = new StreamingTest(numbers, Options(PoisonPolicy.Skip, useGeneratedLoops, maxFailures));
        var lines = test.Source<string>();
        lines.Add("a 1", "a x", "b 2", "c 0");
        lines.Add("", "a 10");
        await test.AdvanceAsync();
        lines.Add("a 100");
        await test.AdvanceAsync();
        Assert.Equal(["a=1000", "a=11 b=2"], numbers.Sums.Order());
        Assert.Equal([.. Enumerable.Repeat(3, 1), 0], numbers.DeadLetters.Select(letters => letters.Count));
    }

    [Fact]
    public async Task DeadLetters_SayWhichRecord_AndWhere()
    {
        var numbers = new Numbers();
        await using var test = new StreamingTest(numbers, Options(PoisonPolicy.DeadLetter, useGeneratedLoops: true));
        var lines = test.Source<string>();
        lines.Add("a 1", "b 2", "c three", "d 4");
        await test.AdvanceAsync();
        var letter = Assert.Single(numbers.DeadLetters[0]);
        Assert.Equal(("Map", 2L, 0, "c three"), (letter.OperatorName, letter.Position, letter.Partition, letter.Record));
        Assert.IsType<FormatException>(letter.Exception);
        Assert.EndsWith("PoisonTests.cs", letter.SourceFile, StringComparison.Ordinal);
        Assert.NotNull(letter.SourceLine);
        Assert.Contains("record 2 of partition 0", letter.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fail_IsTheDefault_AndAPipelineMayHaveItsOwnPolicy()
    {
        await using (var test = new StreamingTest(new Numbers()))
        {
            test.Source<string>().Add("a x");
            await Assert.ThrowsAnyAsync<Exception>(() => test.AdvanceAsync());
        }

        var careless = new Careless();
        await using var other = new StreamingTest(careless);
        other.Source<string>().Add("1", "x", "2");
        await other.AdvanceAsync();
        Assert.Equal([3], careless.Sums);
    }

    [Fact]
    public async Task FunctionsOfStates_FailTheirBatch_AllTheSame()
    {
        await using var test = new StreamingTest(new BadState(), Options(PoisonPolicy.Skip, useGeneratedLoops: true));
        test.Source<string>().Add("a", "bad");
        await Assert.ThrowsAnyAsync<Exception>(() => test.AdvanceAsync());
    }

    [Fact]
    public async Task DeadLetterPolicy_WithoutAnOutputForThem_IsRefused()
    {
        await using var streaming = new StreamingContext(new StreamingOptions { PoisonRecords = PoisonPolicy.DeadLetter });
        streaming.QueueStream(new Queue<string[]>()).Print();
        Assert.Contains("DeadLetters()", Assert.Throws<StreamingException>(streaming.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABatchThatEndsTheProgramAgainAndAgain_SaysWhichRecord_AndTheOptionThatGetsPast()
    {
        _files.Write("1", 1, "a 1", "b two", "c 3");
        for (var run = 1; run <= 4; run++)
        {
            var failure = await Assert.ThrowsAsync<StreamingTaskException>(() => RunAsync(PoisonPolicy.Fail));
            Assert.Equal(("Map", 1L), (failure.OperatorName, failure.RecordPosition));
            Assert.Equal(run >= 3, failure.Message.Contains($"This is run {run} of the program", StringComparison.Ordinal));
            Assert.Equal(run >= 3, failure.Message.Contains("record 1 of partition 0 of TextFileStream", StringComparison.Ordinal));
            Assert.Equal(run >= 3, failure.Message.Contains("PoisonPolicy.Skip", StringComparison.Ordinal));
        }

        Assert.DoesNotContain("4", _files.Lines);
        await RunAsync(PoisonPolicy.Skip);
        Assert.Single(_files.Lines, "4");

        Task RunAsync(PoisonPolicy policy) => _files.RunAsync(
            1,
            streaming => streaming.TextFileStream(_files.Folder)
                .Map(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))
                .ForeachRdd(rdd => _files.Lines.Add($"{rdd.Sum()}")),
            isGraceful: false,
            options => options.PoisonRecords = policy);
    }

    public void Dispose() => _files.Dispose();

    private static StreamingTestOptions Options(PoisonPolicy policy, bool useGeneratedLoops, int maxFailures = 1) => new()
    {
        Streaming = { PoisonRecords = policy, UseGeneratedLoops = useGeneratedLoops, MaxTaskFailures = maxFailures, Master = "local[2]" },
    };

    [StreamingPipeline]
    private sealed partial class Numbers
    {
        public List<string> Sums { get; } = [];

        public List<IReadOnlyList<PoisonRecord>> DeadLetters { get; } = [];

        public void Define(StreamingContext streaming)
        {
            streaming.DeadLetters().ForeachRdd(rdd => DeadLetters.Add(rdd.Collect()));
            streaming.SocketTextStream("localhost", 9)
                .Map(line => line.Split(' '))
                .Map(words => (words[0], int.Parse(words[1], CultureInfo.InvariantCulture)))
                .Filter(pair => 100 / pair.Item2 >= 0)
                .MapValues(number => number == 100 ? 1000 : number)
                .ReduceByKey((left, right) => left + right)
                .ForeachRdd(rdd => Sums.Add(string.Join(' ', rdd.Collect().OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"))));
        }
    }

    [StreamingPipeline(PoisonRecords = PoisonPolicy.Skip)]
    private sealed partial class Careless
    {
        public List<int> Sums { get; } = [];

        public void Define(StreamingContext streaming) => streaming.SocketTextStream("localhost", 9)
            .FlatMap(line => new[] { int.Parse(line, CultureInfo.InvariantCulture) })
            .Reduce((left, right) => left + right)
            .ForeachRdd(rdd => Sums.Add(rdd.First()));
    }

    [StreamingPipeline]
    private sealed partial class BadState
    {
        public void Define(StreamingContext streaming)
        {
            streaming.SocketTextStream("localhost", 9)
                .Map(line => (line, 1))
                .MapWithState(StateSpec.Function<string, int, int, int>(Refuse))
                .ForeachRdd(rdd => rdd.Count());
            streaming.DeadLetters().ForeachRdd(rdd => rdd.Count());
        }

        private static int Refuse(string key, Option<int> value, State<int> state) => key == "bad" ? throw new FormatException(key) : 0;
    }
}
