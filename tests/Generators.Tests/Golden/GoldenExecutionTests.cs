using System.Reflection;
using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Golden;

/// <summary>The golden programs run: fused and unfused they give the same, in debug and release builds.</summary>
public sealed class GoldenExecutionTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Generators.Tests", "Golden", "Programs");

    private static readonly int[] Ints = [3, -1, 12, 5, 5, 30, 0, 8, 24];
    private static readonly string[] Texts = ["12", "error a", "", " b aa ", "7", "aa", "a,b,a"];

    public static TheoryData<string, OptimizationLevel> Programs =>
        new(GoldenTests.Programs.SelectMany(row => new[] { (row.Data, OptimizationLevel.Release), (row.Data, OptimizationLevel.Debug) }));

    [Theory]
    [MemberData(nameof(Programs))]
    public void FusedIsUnfused(string name, OptimizationLevel optimization)
    {
        var program = ProgramCompiler.Compile(File.ReadAllText(Path.Combine(Folder, name + ".cs")), optimization);
        var fused = Run(program, name, useLoops: true);
        var unfused = Run(program, name, useLoops: false);

        Assert.Equal(unfused.Lines, fused.Lines);
        Assert.Equal(0, fused.ArraysOutstanding);
        Assert.NotEmpty(fused.Bound);
        Assert.Empty(unfused.Bound);
        Assert.True(fused.Lines.Any(line => !line.EndsWith("[]", StringComparison.Ordinal) && !line.Contains(" failed: ", StringComparison.Ordinal)), "Nothing came out.");
    }

    private static RunResult Run(CompiledProgram program, string name, bool useLoops) =>
        PipelineRunner.Run(log => Create(program, name, log), [new BatchData { Default = Sample }, new BatchData(), new BatchData { Default = Sample }], new RunSettings(useLoops));

    private static IStreamingPipeline Create(CompiledProgram program, string name, ResultLog log)
    {
        var type = program.Assembly.GetTypes().Single(type => type.Name == name);
        type = type.ContainsGenericParameters ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(string))]) : type;
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single();
        return (IStreamingPipeline)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Argument(parameter.ParameterType, log))]);
    }

    private static object Argument(Type type, ResultLog log) =>
        type == typeof(ResultLog) ? log
        : type == typeof(int) ? 3
        : type == typeof(bool) ? true
        : type == typeof(Func<int, int>) ? new Func<int, int>(number => number + 1)
        : throw new ArgumentException($"No argument for {type}.");

    /// <summary>Three partitions of sample records of any type that the programs read; the second one is empty.</summary>
    private static Array[] Sample(Type record)
    {
        var records = Enumerable.Range(0, Ints.Length).Select(index => SampleRecord(record, index)).ToArray();
        return [Partition(record, records[..5]), Partition(record, []), Partition(record, records[5..])];
    }

    private static Array Partition(Type record, object[] records)
    {
        var partition = Array.CreateInstance(record == typeof(Utf8Slice) ? typeof(string) : record, records.Length);
        records.CopyTo(partition, 0);
        return partition;
    }

    private static object SampleRecord(Type record, int index) =>
        record == typeof(int) ? Ints[index]
        : record == typeof(double) ? Ints[index] / 4.0
        : record == typeof(string) || record == typeof(Utf8Slice) ? Texts[index % Texts.Length]
        : Activator.CreateInstance(record, [.. record.GetGenericArguments().Select((type, field) => SampleRecord(type, (index + field) % Ints.Length))])!;
}
