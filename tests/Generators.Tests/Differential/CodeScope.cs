using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Where a chain is being written, and so what its functions can reach.</summary>
internal sealed class CodeScope
{
    /// <summary>What the calls written here are an example of: "helper method", "loop" and so on.</summary>
    public required string Context { get; init; }

    /// <summary>Instance members are in reach: the log, fields, primary-constructor parameters.</summary>
    public required bool HasThis { get; init; }

    /// <summary>Where new methods go.</summary>
    public required StringBuilder Members { get; init; }

    /// <summary>Where statements before the chain go; null where the chain stands in an expression.</summary>
    public StringBuilder? Statements { get; init; }

    /// <summary>A local variable of type int, or null.</summary>
    public string? Local { get; init; }

    /// <summary>A local constant of type int, or null.</summary>
    public string? Constant { get; init; }

    /// <summary>True where the code is written but never reached.</summary>
    public bool IsUnreached { get; init; }

    public int Indent { get; init; } = 12;

    public string Margin => new(' ', Indent);

    public CodeScope With(string context, StringBuilder? statements, int indent = 16, string? local = null) => new()
    {
        Context = context,
        HasThis = HasThis,
        Members = Members,
        Statements = statements,
        Local = local,
        Constant = Constant,
        IsUnreached = IsUnreached,
        Indent = indent,
    };
}

/// <summary>A call of an operator in a random program, found again by the mark before it.</summary>
/// <param name="Number">Its number in the program.</param>
/// <param name="Operator">The method.</param>
/// <param name="Form">The form of its function.</param>
/// <param name="Context">Where it stands.</param>
/// <param name="IsReached">False for a call that is never defined at run time.</param>
/// <param name="IsAlone">True for a call with nothing to fuse: it takes no part in a loop, or has no function and no loop can come from before.</param>
internal sealed record OperatorCall(int Number, string Operator, string Form, string Context, bool IsReached, bool IsAlone)
{
    public string Mark => $"/* call {Number} */";

    /// <summary>True for an operator that has no function and no table.</summary>
    public static bool IsPlain(string name) =>
        name is "GroupByKey" or "GroupByKeyAndWindow" or "CountByWindow" or "UpdateStateByKey" or "MapWithState" or "Repartition" or "Count" or "Collect" or "Print" or "Take" or "First" or "ForeachPartition" or "ToLocalIterator";

    /// <summary>True for an operator that takes no part in a loop; those before it and behind it do.</summary>
    public static bool IsOther(string name) =>
        name is "Coalesce" or "MapPartitionsWithIndex" or "PartitionBy" or "SortByKey" or "Subtract" or "SubtractByKey" or "Join" or "LeftOuterJoin" or "RightOuterJoin"
            or "FullOuterJoin" or "Cogroup" or "Top" or "TakeOrdered" or "CountByKey" or "MapAsync" or "FilterAsync" or "Window"
            or "CollectAsMap" or "Lookup" or "Min" or "Max" or "IsEmpty" or "SaveAsTextFile";

    /// <summary>True for an operator behind which a new loop begins.</summary>
    public static bool EndsRun(string name) =>
        IsPlain(name) || IsOther(name) || name is "ReduceByWindow" or "ReduceByKeyAndWindow" or "CountByValueAndWindow" or "ReduceByKey" or "CombineByKey" or "AggregateByKey" or "CountByValue" or "Distinct" or "SortBy" or "Reduce" or "Foreach";
}
