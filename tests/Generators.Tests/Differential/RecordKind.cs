namespace CodegenStreaming.Generators.Tests.Differential;

internal enum RecordShape
{
    Int,
    Long,
    Double,
    Text,
    Utf8,
    Order,
    Point,
    Color,
    Secret,
    Pair,
}

/// <summary>A record type of the random programs.</summary>
/// <param name="Shape">Which one.</param>
/// <param name="Type">As C# text.</param>
internal sealed record RecordKind(RecordShape Shape, string Type)
{
    public static readonly RecordKind Int = new(RecordShape.Int, "int");
    public static readonly RecordKind Long = new(RecordShape.Long, "long");
    public static readonly RecordKind Double = new(RecordShape.Double, "double");
    public static readonly RecordKind Text = new(RecordShape.Text, "string?");
    public static readonly RecordKind Utf8 = new(RecordShape.Utf8, "Utf8Slice");

    /// <summary>A record class of the user's.</summary>
    public static readonly RecordKind Order = new(RecordShape.Order, "Order");

    /// <summary>A record struct of the user's.</summary>
    public static readonly RecordKind Point = new(RecordShape.Point, "Point");

    /// <summary>An enumeration of the user's.</summary>
    public static readonly RecordKind Color = new(RecordShape.Color, "Color");

    /// <summary>A private type nested in the pipeline class.</summary>
    public static readonly RecordKind Secret = new(RecordShape.Secret, "Secret");

    /// <summary>What inputs give, by their names.</summary>
    public static readonly IReadOnlyDictionary<string, RecordKind> Inputs = new Dictionary<string, RecordKind>
    {
        ["ints"] = Int,
        ["longs"] = Long,
        ["doubles"] = Double,
        ["texts"] = Text,
        ["lines"] = Utf8,
        ["pairs"] = PairOf(Text, Int),
        ["counts"] = PairOf(Int, Long),
    };

    public RecordKind? Key { get; private init; }

    public RecordKind? Value { get; private init; }

    public string KeyName { get; private init; } = "Item1";

    public string ValueName { get; private init; } = "Item2";

    public bool IsPair => Shape == RecordShape.Pair;

    /// <summary>The same without the names of pairs' elements, as a function gives it.</summary>
    public RecordKind Unnamed => IsPair ? PairOf(Key!.Unnamed, Value!.Unnamed) : this;

    public int Depth => IsPair ? 1 + Math.Max(Key!.Depth, Value!.Depth) : 0;

    public bool HasSecret => Shape == RecordShape.Secret || (IsPair && (Key!.HasSecret || Value!.HasSecret));

    public bool HasText => Shape == RecordShape.Utf8 || (IsPair && (Key!.HasText || Value!.HasText));

    public static RecordKind PairOf(RecordKind key, RecordKind value, string keyName = "Item1", string valueName = "Item2") =>
        new(RecordShape.Pair, keyName == "Item1" ? $"({key.Type}, {value.Type})" : $"({key.Type} {keyName}, {value.Type} {valueName})")
        {
            Key = key,
            Value = value,
            KeyName = keyName,
            ValueName = valueName,
        };
}
