using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>A pipeline may be made of others: functions use the instance that they were written in, not the one being defined.</summary>
public sealed class NestedDefinitionTests
{
    private const string Text = """
        namespace Nesting;

        [StreamingPipeline]
        public sealed partial class Scaled(ResultLog log, int factor, Scaled? inner)
        {
            public Scaled(ResultLog log)
                : this(log, 1, new Scaled(log, 10, new Scaled(log, 100, null)))
            {
            }

            public void Define(StreamingContext streaming)
            {
                inner?.Define(streaming);
                var offset = factor / 10;
                streaming.Input<int>("numbers").Map(n => n + offset).Map(n => n * factor).ForeachRdd(rdd => log.Add($"by {factor}", rdd.Collect()));
            }
        }
        """;

    [Fact]
    public void EachInstance_UsesItsOwnFields_WhenDefineCallsDefine()
    {
        var program = ProgramCompiler.Compile(Text);
        IReadOnlyList<string> Lines(bool useLoops) =>
            PipelineRunner.Run(log => program.Create("Scaled", log), [BatchData.Of("numbers", [1, 2])], new RunSettings(useLoops)).Lines;

        string[] expected = ["1 by 100: [1100 | 1200]", "1 by 10: [20 | 30]", "1 by 1: [1 | 2]"];
        Assert.Equal(expected, Lines(useLoops: false));
        Assert.Equal(expected, Lines(useLoops: true));
    }
}
