namespace CodegenStreaming.Benchmarks.Expressions;

/// <summary>A type that numeric chains compute with.</summary>
/// <param name="Name">Its C# keyword.</param>
/// <param name="Weight">How often it is drawn.</param>
internal sealed record NumericType(string Name, int Weight)
{
    public static readonly NumericType Int = new("int", 5);
    public static readonly NumericType Long = new("long", 3);
    public static readonly NumericType Float = new("float", 2);
    public static readonly NumericType Double = new("double", 3);
    public static readonly NumericType Short = new("short", 1);
    public static readonly NumericType Byte = new("byte", 1);

    public static IReadOnlyList<NumericType> All { get; } = [Int, Long, Float, Double, Short, Byte];

    public bool IsFloating => this == Float || this == Double;

    /// <summary>True for a type whose arithmetic C# does in int.</summary>
    public bool IsNarrow => this == Short || this == Byte;

    public static NumericType Draw(Random random)
    {
        var left = random.Next(All.Sum(type => type.Weight));
        return All.First(type => (left -= type.Weight) < 0);
    }
}

/// <summary>Something that an expression can read.</summary>
/// <param name="Text">As C# writes it.</param>
/// <param name="Type">What it gives.</param>
internal sealed record Operand(string Text, NumericType Type);
