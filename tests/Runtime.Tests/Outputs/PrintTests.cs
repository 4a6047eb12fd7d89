using System.Globalization;
using CodegenStreaming.Outputs;

namespace CodegenStreaming.Tests.Outputs;

public sealed class PrintTests
{
    private const string Rule = "-------------------------------------------\n";

    [Fact]
    public async Task Batch_IsPrintedUnderItsBanner()
    {
        await using var stream = new QueuedStream<(string, int)>();
        stream.Stream.Print();
        stream.Context.Start();

        await stream.RunAsync(("to", 2), ("be", 1));

        Assert.Equal($"{Rule}Time: 1001000 ms\n{Rule}(to,2)\n(be,1)\n\n", stream.Printed);
    }

    [Theory]
    [InlineData(3, "1\n2\n3\n\n")]
    [InlineData(4, "1\n2\n3\n...\n\n")]
    public async Task MoreRecordsThanWanted_EndInDots(int count, string expected)
    {
        await using var stream = new QueuedStream<int>();
        stream.Stream.Print(3);
        stream.Context.Start();

        await stream.RunAsync([.. Enumerable.Range(1, count)]);

        Assert.EndsWith($" ms\n{Rule}{expected}", stream.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutputsThatRunAtOnce_DoNotMixTheirLines()
    {
        await using var stream = new QueuedStream<int>(concurrentJobs: 4);
        for (var output = 0; output < 4; output++)
        {
            var number = output;
            stream.Stream.Map(record => number).Print(1000);
        }

        stream.Context.Start();
        await stream.RunAsync(new int[500]);

        var batches = stream.Printed.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, batches.Length);
        Assert.All(batches, batch => Assert.Single(batch.Split('\n').Skip(3).Distinct()));
    }

    [Fact]
    public void Tuple_IsPrintedWithoutBlanks_AlsoWithinTuples()
    {
        Assert.Equal("(word,1)", RecordText.Of(("word", 1)));
        Assert.Equal("((a,(1,2)),null)", RecordText.Of((("a", (1, 2)), (string?)null)));
        Assert.Equal("(1,2,3,4,5,6,7,8,9)", RecordText.Of((1, 2, 3, 4, 5, 6, 7, 8, 9)));
        Assert.Equal("(a,b)", RecordText.Of(Tuple.Create("a", "b")));
        Assert.Equal("null", RecordText.Of((string?)null));
    }

    [Fact]
    public void Number_IsPrintedTheSame_InEveryCulture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal("1.5", RecordText.Of(1.5));
            Assert.Equal("(a,-2.25)", RecordText.Of(("a", -2.25m)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
