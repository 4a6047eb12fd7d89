namespace CodegenStreaming.TestKit.Tests;

/// <summary>How a test names sources, streams and outputs, and what it is told when there is no such one.</summary>
public sealed class ChoiceTests : IAsyncDisposable
{
    private readonly StreamingTest _test = new(streaming =>
    {
        var orders = streaming.SocketTextStream("localhost", 1).Named("orders");
        var prices = streaming.QueueStream(new Queue<(string, decimal)[]>()).Named("prices");
        var events = streaming.SocketTextStream("localhost", 2);
        orders.Union(events).Map(line => line.Length).Print();
        prices.MapValues(price => new List<decimal> { price }).Print().Named("lists");
    });

    [Fact]
    public void Source_IsChosenByItsName()
    {
        _test.Source<string>("orders");
        _test.Source<(string, decimal)>("prices");
        _test.Source<(string, decimal)>();
    }

    [Fact]
    public void SourceThatIsNotUnique_IsRefused_WithAList()
    {
        const string Sources = """
              'orders' (SocketTextStream): String
              'prices' (QueueStream): (String, Decimal)
              SocketTextStream: String
            """;
        Failing.AssertReport(
            $"There is more than one source of String records; give the one you mean a name with Named, and ask for it by that name. There are:\n{Sources}",
            () => _test.Source<string>());
        Failing.AssertReport(
            $"There is more than one source 'SocketTextStream'; give the one you mean a name with Named, and ask for it by that name. There are:\n{Sources}",
            () => _test.Source<string>("SocketTextStream"));
        Failing.AssertReport($"There is no source 'order'. There are:\n{Sources}", () => _test.Source<string>("order"));
        Failing.AssertReport($"There is no source of Int32 records. There are:\n{Sources}", () => _test.Source<int>());
        Failing.AssertReport($"The records of source 'prices' are not of type (String, Double). There are:\n{Sources}", () => _test.Source<(string, double)>("prices"));
    }

    [Fact]
    public void SourcesToBeKept_MustBeThere() => Failing.AssertReport(
        """
        There is no source 'TextFileStream'. There are:
          'orders' (SocketTextStream): String
          'prices' (QueueStream): (String, Decimal)
          SocketTextStream: String
        """,
        () => _test.KeepSources("TextFileStream"));

    [Fact]
    public void OutputThatIsNotThere_IsRefused_WithAList()
    {
        Failing.AssertReport(
            """
            There is no output or stream 'totals'. There are:
              Print: Int32
              'lists' (Print): (String, List<Decimal>)
              'orders' (SocketTextStream): String
              'prices' (QueueStream): (String, Decimal)
              SocketTextStream: String
              Union: String
              Map: Int32
              MapValues: (String, List<Decimal>)
            """,
            () => _test.Capture<int>("totals"));
        Failing.AssertReport(
            """
            There is no output of String records. There are:
              Print: Int32
              'lists' (Print): (String, List<Decimal>)
            """,
            () => _test.Capture<string>());
        _test.Capture<int>();
        _test.Capture<(string, List<decimal>)>("Print");
        _test.Capture<string>("Union");
    }

    [Fact]
    public async Task EmptyTest_HasNothingToChoose()
    {
        await using var test = new StreamingTest();
        Failing.AssertReport("There is no source of Int32 records. There are none at all; define the pipeline first.", () => test.Source<int>());
    }

    [Fact]
    public async Task ChoicesAreMade_BeforeTheFirstStep()
    {
        await _test.AdvanceAsync();
        const string Streams = "Streams are captured before the test begins; it has begun with its first step.";
        const string Sources = "Sources are chosen before the test begins; it has begun with its first step.";
        Failing.AssertReport(Streams, () => _test.Capture<int>());
        Failing.AssertReport(Sources, () => _test.Source<string>("orders"));
        Failing.AssertReport(Sources, () => _test.AddSource<string>());
        Failing.AssertReport(Sources, () => _test.KeepSources("orders"));
    }

    public async ValueTask DisposeAsync() => await _test.DisposeAsync();
}
