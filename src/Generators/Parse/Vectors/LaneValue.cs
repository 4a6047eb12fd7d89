using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse.Vectors;

/// <summary>What an expression of a record function stands for while it is translated.</summary>
internal abstract record LaneValue
{
    /// <summary>A number or a condition.</summary>
    /// <param name="Type">Its C# type: a lane of 32 bits may hold a byte.</param>
    public sealed record Scalar(LaneExpression Expression, SpecialType Type) : LaneValue;

    /// <summary>A tuple or structure whose members are known one by one.</summary>
    public sealed record Composite(IReadOnlyDictionary<string, LaneValue> Members) : LaneValue;

    /// <summary>A structure in memory: the record itself or one of its fields, of which only what is used is read.</summary>
    /// <param name="Access">What follows the record to get at it.</param>
    public sealed record InMemory(string Access, INamedTypeSymbol Type) : LaneValue;
}
