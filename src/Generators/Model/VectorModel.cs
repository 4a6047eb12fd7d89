using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>The vectorised form of a loop: what its first operators do to a whole vector of records.</summary>
/// <param name="IsWide">True where a lane of 64 bits occurs: then a vector holds as many records as it has lanes of that size.</param>
/// <param name="Statements">What is computed, in order.</param>
/// <param name="Stages">How many of the loop's operators that stands for.</param>
/// <param name="End">What becomes of the results.</param>
/// <param name="Value">The result of each record; null where only the conditions count.</param>
/// <param name="ValueType">The C# type of <paramref name="Value"/>.</param>
/// <param name="Fold">How results are folded.</param>
/// <param name="SourceName">The source that the rest of the loop reads values from; empty where it reads records or there is no rest.</param>
internal sealed record VectorModel(
    bool IsWide,
    EquatableArray<VectorStatement> Statements,
    int Stages,
    VectorEnd End,
    LaneExpression? Value,
    string ValueType,
    LaneFold? Fold,
    string SourceName)
{
    /// <summary>The mask of the records that have passed so far.</summary>
    public LaneType KeptType => IsWide ? LaneType.Mask64 : LaneType.Mask32;

    public bool HasFilter => Statements.Any(statement => statement.Kind == VectorStatementKind.Keep);
}

/// <summary>One line of a vectorised loop.</summary>
/// <param name="Name">The variable that it declares; for a condition empty.</param>
/// <param name="Expression">What is computed; null for a load.</param>
/// <param name="Access">For a field, how it is read from the record <c>{0}</c>; else empty.</param>
/// <param name="Type">What a lane of the variable holds.</param>
internal sealed record VectorStatement(VectorStatementKind Kind, string Name, LaneExpression? Expression, string Access, LaneType Type);

internal enum VectorStatementKind
{
    /// <summary>Records side by side in memory.</summary>
    Load,

    /// <summary>One field of each record.</summary>
    LoadField,

    /// <summary>A value that has a name.</summary>
    Let,

    /// <summary>A filter's condition.</summary>
    Keep,
}

internal enum VectorEnd
{
    /// <summary>The records that pass are counted.</summary>
    Count,

    /// <summary>The values are folded lane by lane, and the lanes at the end.</summary>
    Fold,

    /// <summary>The values of the records that pass are put side by side; the rest of the loop, if any, reads them.</summary>
    Values,

    /// <summary>The positions of the records that pass are put side by side; the rest of the loop reads the records there.</summary>
    Selection,
}

/// <summary>A fold whose result does not depend on order and grouping.</summary>
internal enum LaneFold
{
    Sum,
    Product,
    And,
    Or,
    Xor,
    Min,
    Max,
}
