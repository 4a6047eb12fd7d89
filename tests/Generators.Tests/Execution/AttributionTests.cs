using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>An inlined function has no stack frame: yet a failure names the operator, and the user's line.</summary>
public sealed class AttributionTests
{
    [Theory]
    [InlineData("Map", "numbers.Filter(n => n > 0)\n.Map(n => Fail(n))\n.Print();")]
    [InlineData("Filter", "numbers.Map(n => n)\n.Filter(n => Fail(n) > 0)\n.Map(n => n).Print();")]
    [InlineData("FlatMap", "numbers.FlatMap(n => new[] { n, n })\n.FlatMap(n => Enumerable.Repeat(Fail(n), 1)).Print();")]
    [InlineData("KeyBy", "numbers.Map(n => n)\n.KeyBy(n => Fail(n)).Print();")]
    [InlineData("MapValues", "numbers.KeyBy(n => n)\n.MapValues(n => Fail(n)).Count().Print();")]
    [InlineData("FlatMapValues", "numbers.KeyBy(n => n)\n.FlatMapValues(n => new[] { Fail(n) }).Print();")]
    [InlineData("MapPartitions", "numbers.Map(n => n)\n.MapPartitions(all => all.Select(n => Fail(n))).Print();")]
    [InlineData("ReduceByKey", "numbers.Map(n => (1, n))\n.ReduceByKey((a, b) => Fail(a + b)).Print();")]
    [InlineData("CombineByKey", "numbers.Map(n => (1, n))\n.CombineByKey(n => n, (c, n) => Fail(n), (l, r) => l).Print();")]
    [InlineData("Reduce", "numbers.Map(n => n)\n.Reduce((a, b) => Fail(a + b)).Print();")]
    [InlineData("UpdateStateByKey", "numbers.Map(n => (5, n))\n.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => new(Fail(values.Sum()))).Print();")]
    [InlineData("MapWithState", "numbers.Map(n => (5, n))\n.MapWithState(StateSpec.Function((int key, Option<int> n, State<int> state) => Fail(n.Value))).Print();")]
    [InlineData("Map", "numbers.ForeachRdd(rdd => rdd.Filter(n => n > 0)\n.Map(n => Fail(n))\n.Collect());")]
    [InlineData("Foreach", "numbers.ForeachRdd(rdd => rdd.Filter(n => n > 0)\n.Foreach(n => Fail(n)));")]
    [InlineData("SortBy", "numbers.ForeachRdd(rdd => rdd.Filter(n => n > 0)\n.SortBy(n => Fail(n)).Collect());")]
    [InlineData("AggregateByKey", "numbers.ForeachRdd(rdd => rdd.Map(n => (1, n))\n.AggregateByKey(0, (c, n) => Fail(n), (l, r) => l).Collect());")]
    [InlineData("Aggregate", "numbers.ForeachRdd(rdd => rdd.Map(n => n)\n.Aggregate(0L, (c, n) => Fail(n), (l, r) => l));")]
    [InlineData("Fold", "numbers.ForeachRdd(rdd => rdd.Map(n => n)\n.Fold(0, (c, n) => Fail(n)));")]
    [InlineData("Map", "numbers.ForeachRdd(rdd => rdd.Map(n => (n, n)).Values()\n.Map(n => Fail(n)).Distinct().Count());")]
    [InlineData("Map", "Helped(numbers.Filter(n => n > 0)).Print();")]
    public void Failure_NamesTheOperatorAndItsLine(string operatorName, string statements)
    {
        var text = Program(statements);
        var line = 1 + Array.FindIndex(text.Split('\n'), line => line.Contains("Fail(", StringComparison.Ordinal));
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = ProgramCompiler.Compile(text, optimization);
            var result = PipelineRunner.Run(log => program.Create("Failing", log), [BatchData.Of<int>("numbers", [], [7, 13, 14])]);

            Assert.Contains(result.Bound, site => site.Line == line);
            var failure = Assert.Single(result.Lines, line => line.Contains(" failed: ", StringComparison.Ordinal));
            Assert.StartsWith($"1 output 0 failed: {operatorName} (", failure, StringComparison.Ordinal);
            Assert.Contains($"partition 1, line {line}: System.InvalidOperationException: unlucky", failure, StringComparison.Ordinal);
            Assert.Equal(0, result.ArraysOutstanding);
        }
    }

    [Fact]
    public void SumThatDoesNotFit_Throws_InALoopToo()
    {
        var program = ProgramCompiler.Compile(Program("numbers.ForeachRdd(rdd => log.Add(\"sum\", rdd.Map(n => long.MaxValue - n).Sum()));"));
        foreach (var useLoops in new[] { true, false })
        {
            var result = PipelineRunner.Run(log => program.Create("Failing", log), [BatchData.Of<int>("numbers", [7], [7, 13])], new RunSettings(useLoops));
            var failure = Assert.Single(result.Lines);
            Assert.Contains("failed: Sum (", failure, StringComparison.Ordinal);
            Assert.Contains("partition 1, ", failure, StringComparison.Ordinal);
            Assert.Contains("System.OverflowException", failure, StringComparison.Ordinal);
        }
    }

    private static string Program(string statements) => $$"""
        namespace Attributed;

        [StreamingPipeline]
        public sealed partial class Failing(ResultLog log)
        {
            public void Define(StreamingContext streaming)
            {
                var numbers = streaming.Input<int>("numbers");
                {{statements}}
            }

            {{(statements.Contains("Helped", StringComparison.Ordinal)
                ? "private DStream<int> Helped(DStream<int> source) => source\n.Map(n => Fail(n));"
                : "")}}

            private int Fail
                (int number) => number > 12 ? throw new InvalidOperationException("unlucky") : log.Touch("calls", number);
        }
        """;
}
