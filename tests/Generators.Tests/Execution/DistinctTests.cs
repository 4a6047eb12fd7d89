using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>Of records that are equal, though one can tell them apart, the first one stays.</summary>
public sealed class DistinctTests
{
    private const string Text = """
        namespace Sets;

        /// <summary>Equal where the number is, whatever the mark.</summary>
        public readonly record struct Marked(int Number, int Mark)
        {
            public bool Equals(Marked other) => Number == other.Number;

            public override int GetHashCode() => Number;
        }

        [StreamingPipeline]
        public sealed partial class Firsts(ResultLog log)
        {
            public void Define(StreamingContext streaming)
            {
                var records = streaming.Input<int>("marks").Transform(rdd => rdd.Map(mark => new Marked((int)(mark * 7919L % 100_003), mark)));
                records.ForeachRdd(rdd => log.Add("few", rdd.Map(record => record with { Number = record.Number % 10 }).Distinct(2).Map(record => record.ToString()).Collect()));
                records.ForeachRdd(rdd => log.Add("many", new[] { rdd.Distinct(1).Map(record => (long)record.Mark).Sum() }));
            }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheFirstOfEqualRecords_Stays(bool useLoops)
    {
        // So many different ones that the table is larger than a core's cache.
        const int Different = 100_003;
        var program = ProgramCompiler.Compile(Text);
        var marks = Enumerable.Range(0, 3 * Different).ToArray();
        BatchData[] batches = [BatchData.Of("marks", marks[..(2 * Different)], marks[(2 * Different)..])];

        var result = PipelineRunner.Run(log => program.Create("Firsts", log), batches, new RunSettings(useLoops));

        Assert.Equal(2, result.Lines.Count);
        var few = Assert.Single(result.Lines, line => line.Contains("few", StringComparison.Ordinal));
        foreach (var first in marks.GroupBy(mark => (int)(mark * 7919L % Different) % 10).Select(group => (Number: group.Key, Mark: group.First())))
        {
            Assert.Contains($"Number = {first.Number}, Mark = {first.Mark} }}", few, StringComparison.Ordinal);
        }

        Assert.Contains($"{(long)Different * (Different - 1) / 2}", Assert.Single(result.Lines, line => line.Contains("many", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(0, result.ArraysOutstanding);
    }
}
