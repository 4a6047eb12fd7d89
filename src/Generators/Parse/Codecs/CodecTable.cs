using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Codecs;

/// <summary>Whether a call needs the codec of its records.</summary>
internal enum CodecNeed
{
    None,

    /// <summary>It may do without one, which shows when the program runs.</summary>
    May,

    /// <summary>It is wrong without one.</summary>
    Must,
}

/// <summary>
/// The operators that store records as bytes, or read them; those that do so where their tables are too large for memory; and those of which a checkpoint stores
/// what outlives a batch. A state, and a window that is one, is wrong without a codec; the batches of another window can be computed again.
/// </summary>
internal static class CodecTable
{
    private static readonly Dictionary<string, CodecNeed> ByName = new()
    {
        ["SaveAsObjectFile"] = CodecNeed.Must,
        ["SaveAsObjectFiles"] = CodecNeed.Must,
        ["ObjectFile"] = CodecNeed.Must,
        ["LogStream"] = CodecNeed.Must,
        ["Persist"] = CodecNeed.May,
        ["Checkpoint"] = CodecNeed.Must,
        ["UpdateStateByKey"] = CodecNeed.Must,
        ["MapWithState"] = CodecNeed.Must,
        ["CountByValueAndWindow"] = CodecNeed.Must,
        ["ReduceByKeyAndWindow"] = CodecNeed.May,
        ["ReduceByWindow"] = CodecNeed.May,
        ["GroupByKeyAndWindow"] = CodecNeed.May,
        ["Window"] = CodecNeed.May,
    };

    /// <summary>What is kept from batch to batch, by the operators' type parameters; T is the record of the stream. Of CountByWindow that is a number.</summary>
    private static readonly Dictionary<string, string[]> KeptTypes = new()
    {
        ["UpdateStateByKey"] = ["TKey", "TState"],
        ["MapWithState"] = ["TKey", "TState"],
        ["ReduceByKeyAndWindow"] = ["TKey", "TValue"],
        ["GroupByKeyAndWindow"] = ["TKey", "TValue"],
        ["CountByValueAndWindow"] = ["T"],
        ["ReduceByWindow"] = ["T"],
        ["Window"] = ["T"],
    };

    /// <summary>Operators whose tables hold keys and combinations: all that they give.</summary>
    private static readonly string[] Aggregations = ["ReduceByKey", "CombineByKey", "AggregateByKey", "CountByValue", "Distinct"];

    /// <summary>Levels that keep records as they are, or not at all.</summary>
    private static readonly string[] LevelsOfRecords = ["None", "MemoryOnly", "MemoryOnly2"];

    /// <summary>A cheap first look at a call's name.</summary>
    public static bool MayStore(string name) => ByName.ContainsKey(name) || IsAggregation(name);

    public static bool IsAggregation(string name) => Aggregations.Contains(name);

    /// <summary>The types of what an operator keeps from batch to batch; none where it keeps nothing.</summary>
    public static IEnumerable<ITypeSymbol> Kept(IMethodSymbol method)
    {
        if (!KeptTypes.TryGetValue(method.Name, out var names))
        {
            return [];
        }

        var (parameters, arguments) = method.IsGenericMethod
            ? (method.TypeParameters, method.TypeArguments)
            : (method.ContainingType.TypeParameters, method.ContainingType.TypeArguments);
        return parameters.Zip(arguments, (parameter, argument) => (parameter.Name, argument)).Where(pair => names.Contains(pair.Name)).Select(pair => pair.argument);
    }

    public static CodecNeed Of(IInvocationOperation call)
    {
        if (call.Arguments.Any(argument => argument.Parameter?.Type.Name == "RecordCodec" && argument.Value is not { ConstantValue: { HasValue: true, Value: null } }))
        {
            return CodecNeed.None; // The user's own.
        }

        if (IsAggregation(call.TargetMethod.Name))
        {
            return CodecNeed.May;
        }

        return call.TargetMethod.Name == "Persist" ? OfLevel(call)
            : call.TargetMethod.Parameters.Any(parameter => parameter.Name == "inverseReduceFunction") ? CodecNeed.Must // The window is a state.
            : ByName[call.TargetMethod.Name];
    }

    private static CodecNeed OfLevel(IInvocationOperation call)
    {
        var level = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.Name == "StorageLevel")?.Value;
        if (level is null)
        {
            return CodecNeed.None;
        }

        if (level.ConstantValue is not { HasValue: true, Value: { } value })
        {
            return CodecNeed.May;
        }

        var name = level.Type!.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value))?.Name;
        return LevelsOfRecords.Contains(name) ? CodecNeed.None
            : call.TargetMethod.ContainingType.Name == "Rdd" ? CodecNeed.Must
            : CodecNeed.May; // Batches of a stream lie in memory, whatever the level.
    }
}
