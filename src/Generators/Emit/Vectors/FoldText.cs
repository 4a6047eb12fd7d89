using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit.Vectors;

internal static class FoldText
{
    /// <summary>What changes no value that it is folded with.</summary>
    public static string Identity(LaneFold fold, LaneType type) => fold switch
    {
        LaneFold.Product => LaneText.Number(type, "1"),
        LaneFold.And => type switch
        {
            LaneType.UInt32 => "uint.MaxValue",
            LaneType.UInt64 => "ulong.MaxValue",
            _ => LaneText.Number(type, "-1"),
        },
        LaneFold.Min or LaneFold.Max => $"{Keyword(type)}.{(fold == LaneFold.Min ? "MaxValue" : "MinValue")}",
        _ => LaneText.Zero(type),
    };

    public static string Keyword(LaneType type) => type switch
    {
        LaneType.UInt32 => "uint",
        LaneType.Int64 => "long",
        LaneType.UInt64 => "ulong",
        _ => "int",
    };
}
