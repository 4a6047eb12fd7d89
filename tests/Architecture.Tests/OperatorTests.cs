using System.Reflection;

namespace CodegenStreaming.Architecture.Tests;

/// <summary>An operator is the same everywhere: on streams and data sets, in the generator, in the comparison of fused and unfused, in the guide.</summary>
public sealed class OperatorTests
{
    // They make a data set's operators out of a batch's, and a data set has them all already; or they are of several batches.
    private static readonly string[] OfStreamsOnly =
    [
        "Transform", "TransformWith", "MapWithState", "UpdateStateByKey",
        "Window", "CountByWindow", "ReduceByWindow", "ReduceByKeyAndWindow", "GroupByKeyAndWindow", "CountByValueAndWindow",
    ];

    // Spark's streams do not have them either: Transform gives them the data sets'.
    private static readonly string[] OfDataSetsOnly =
    [
        "AggregateByKey", "Coalesce", "Distinct", "Keys", "MapPartitionsWithIndex", "PartitionBy", "SortBy", "SortByKey", "Subtract", "SubtractByKey", "Unpersist", "Values",
    ];

    private static readonly string[] Streams = Operators(typeof(DStream<>));

    private static readonly string[] Rdds = Operators(typeof(Rdd<>));

    [Fact]
    public void Operators_AreFound()
    {
        Assert.Contains("ReduceByKey", Streams);
        Assert.Contains("ReduceByKey", Rdds);
    }

    [Fact]
    public void StreamOperator_ExistsOnRdds()
    {
        // What is a stream of one value per batch is an action of a data set, which returns the value.
        var rddMethods = Methods(typeof(Rdd<>)).Select(method => method.Name).ToHashSet();
        Violations.AssertNone(Streams.Except(OfStreamsOnly).Where(name => !rddMethods.Contains(name)).Select(name => $"Rdd<T> lacks {name}"));
    }

    [Fact]
    public void RddOperator_ExistsOnStreams() => Violations.AssertNone(Rdds.Except(Streams).Except(OfDataSetsOnly).Select(name => $"DStream<T> lacks {name}"));

    [Fact]
    public void Operator_IsKnownToTheGenerator()
    {
        var parse = Text("src/Generators/Parse");
        Violations.AssertNone(Streams.Union(Rdds)
            .Where(name => !parse.Contains($"[\"{name}\"]", StringComparison.Ordinal))
            .Select(name => $"src/Generators/Parse does not know {name}"));
    }

    /// <summary>
    /// The reference checks functions wherever an operator takes one; here the generator does. A call that its table does not know is not looked at.
    /// <c>StateSpec.Function</c> is no operator: <c>MapWithState</c> is. The function of <c>StreamingContext.Transform</c> has no call site of its own,
    /// and needs none: what it calls of data sets is found in the class like everything else (MemberTests, "transform of many").
    /// </summary>
    [Fact]
    public void Statement72_OperatorThatTakesAFunction_IsKnownToTheGenerator()
    {
        var table = Repository.Read("src/Generators/Parse/OperatorTable.cs");
        var names = Methods(typeof(DStream<>)).Concat(Methods(typeof(Rdd<>)))
            .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType.IsAssignableTo(typeof(Delegate))))
            .Select(method => method.Name)
            .ToHashSet();
        string[] some = ["Map", "Filter", "ReduceByWindow", "ReduceByKeyAndWindow", "UpdateStateByKey", "TransformWith", "ForeachRdd", "Foreach"];
        Assert.Empty(some.Except(names));
        Violations.AssertNone(names.Where(name => !table.Contains($"[\"{name}\"]", StringComparison.Ordinal)).Select(name => $"OperatorTable lacks {name}"));
    }

    [Fact]
    public void Operator_IsComparedFusedAndUnfused()
    {
        var tests = Text("tests/Generators.Tests");
        Violations.AssertNone(Streams.Union(Rdds)
            .Where(name => !tests.Contains(name, StringComparison.Ordinal))
            .Select(name => $"tests/Generators.Tests does not use {name}"));
    }

    [Fact]
    public void Operator_IsInTheGuide()
    {
        var guide = Repository.Read("docs/operators.md");
        Violations.AssertNone(Streams.Union(Rdds).Where(name => !guide.Contains($"`{name}", StringComparison.Ordinal)).Select(name => $"docs/operators.md lacks {name}"));
    }

    private static string Text(string folder) => string.Concat(Repository.Sources(folder).Select(Repository.Read));

    /// <summary>The names of the methods that make a data set of a data set, a stream of a stream.</summary>
    private static string[] Operators(Type type) =>
        [.. Methods(type)
            .Where(method => Gives(method.ReturnType, type))
            .Select(method => method.Name)
            .Where(name => name is not ("Named" or "At" or "ForAction" or "Checkpoint"))
            .Distinct()
            .Order(StringComparer.Ordinal)];

    /// <summary>Whether a method's result is of a type, or of one derived from it.</summary>
    private static bool Gives(Type? result, Type type) =>
        result is not null && ((result.IsGenericType && result.GetGenericTypeDefinition() == type) || Gives(result.BaseType, type));

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Concat(type.Assembly.GetExportedTypes()
                .SelectMany(other => other.GetMethods(BindingFlags.Public | BindingFlags.Static))
                .Where(method => method.GetParameters() is [{ ParameterType: { IsGenericType: true } first }, ..] && first.GetGenericTypeDefinition() == type));
}
