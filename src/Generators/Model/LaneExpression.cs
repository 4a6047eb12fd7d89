using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>A computation on the records of one vector, a lane for each record.</summary>
/// <param name="Type">What a lane holds.</param>
/// <param name="Operator">What is done.</param>
/// <param name="Operands">What it is done to.</param>
/// <param name="Text">The name of a variable, the text of a constant, the number of a shift or a constant divisor; else empty.</param>
internal sealed record LaneExpression(LaneType Type, LaneOperator Operator, EquatableArray<LaneExpression> Operands, string Text = "")
{
    public bool IsSimple => Operator is LaneOperator.Variable or LaneOperator.Constant;

    /// <summary>Roughly the instructions that it costs.</summary>
    public int Work => Operands.Sum(operand => operand.Work) + Operator switch
    {
        LaneOperator.Variable or LaneOperator.Constant => 0,
        LaneOperator.DivideByConstant or LaneOperator.RemainderByConstant => Type.IsWide() ? 16 : 8,
        LaneOperator.Divide or LaneOperator.Sqrt => 8,
        _ => 1,
    };
}

/// <summary>
/// What a lane holds. Integers smaller than 32 bits are held in 32, as C# computes with them; a condition is a mask, all ones or zero, as wide as
/// what was compared.
/// </summary>
internal enum LaneType
{
    Int32,
    UInt32,
    Single,
    Mask32,
    Int64,
    UInt64,
    Double,
    Mask64,
}

internal enum LaneOperator
{
    Variable,
    Constant,

    /// <summary>Written between or before its operands, as C# writes it.</summary>
    Add,
    Subtract,
    Multiply,
    Divide,
    And,
    Or,
    Xor,
    Negate,
    Complement,

    /// <summary>By the number in <see cref="LaneExpression.Text"/>.</summary>
    ShiftLeft,
    ShiftRight,
    ShiftRightLogical,

    /// <summary>Each lane by its own number.</summary>
    ShiftLeftEach,
    ShiftRightEach,
    ShiftRightLogicalEach,

    /// <summary>An integer by the constant in <see cref="LaneExpression.Text"/>.</summary>
    DivideByConstant,
    RemainderByConstant,

    /// <summary>Comparisons of two values.</summary>
    Equals,
    NotEquals,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,

    /// <summary>The second operand where the first one holds, else the third.</summary>
    Select,

    /// <summary>To the expression's type.</summary>
    Convert,

    /// <summary>Functions of one or two values that vectors have under the same name.</summary>
    Min,
    Max,
    Abs,
    Sqrt,
    Floor,
    Ceiling,
    Truncate,
    Round,
}

internal static class LaneTypes
{
    public static bool IsWide(this LaneType type) => type >= LaneType.Int64;

    public static bool IsMask(this LaneType type) => type is LaneType.Mask32 or LaneType.Mask64;

    public static bool IsFloating(this LaneType type) => type is LaneType.Single or LaneType.Double;

    public static LaneType MaskOf(LaneType type) => type.IsWide() ? LaneType.Mask64 : LaneType.Mask32;
}
