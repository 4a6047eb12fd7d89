using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse.Codecs;

/// <summary>The runtime's codecs by the types that they write.</summary>
internal static class BuiltInCodecs
{
    /// <summary>Of interfaces that arrays have.</summary>
    public const string Sequence = "SequenceCodec";

    public const string Tuple = "TupleCodec";

    private static readonly Dictionary<SpecialType, string> Special = new()
    {
        [SpecialType.System_Boolean] = "BooleanCodec",
        [SpecialType.System_Char] = "CharCodec",
        [SpecialType.System_SByte] = "SByteCodec",
        [SpecialType.System_Byte] = "ByteCodec",
        [SpecialType.System_Int16] = "Int16Codec",
        [SpecialType.System_UInt16] = "UInt16Codec",
        [SpecialType.System_Int32] = "Int32Codec",
        [SpecialType.System_UInt32] = "UInt32Codec",
        [SpecialType.System_Int64] = "Int64Codec",
        [SpecialType.System_UInt64] = "UInt64Codec",
        [SpecialType.System_Single] = "SingleCodec",
        [SpecialType.System_Double] = "DoubleCodec",
        [SpecialType.System_Decimal] = "DecimalCodec",
        [SpecialType.System_DateTime] = "DateTimeCodec",
        [SpecialType.System_String] = "StringCodec",
    };

    private static readonly Dictionary<string, string> Named = new()
    {
        ["System.Int128"] = "Int128Codec",
        ["System.UInt128"] = "UInt128Codec",
        ["System.Half"] = "HalfCodec",
        ["System.Guid"] = "GuidCodec",
        ["System.DateTimeOffset"] = "DateTimeOffsetCodec",
        ["System.TimeSpan"] = "TimeSpanCodec",
        ["System.DateOnly"] = "DateOnlyCodec",
        ["System.TimeOnly"] = "TimeOnlyCodec",
        ["CodegenStreaming.Utf8Slice"] = "Utf8SliceCodec",
    };

    private static readonly Dictionary<string, string> Generics = new()
    {
        ["System.Nullable`1"] = "NullableCodec",
        ["CodegenStreaming.Option`1"] = "OptionCodec",
        ["System.Collections.Generic.List`1"] = "ListCodec",
        ["System.Collections.Generic.HashSet`1"] = "HashSetCodec",
        ["System.Collections.Generic.Dictionary`2"] = "DictionaryCodec",
        ["System.Collections.Immutable.ImmutableArray`1"] = "ImmutableArrayCodec",
        ["System.Collections.Immutable.ImmutableList`1"] = "ImmutableListCodec",
        ["System.Collections.Immutable.ImmutableHashSet`1"] = "ImmutableHashSetCodec",
        ["System.Collections.Immutable.ImmutableDictionary`2"] = "ImmutableDictionaryCodec",
        ["System.Collections.Generic.KeyValuePair`2"] = "KeyValuePairCodec",
        ["System.Collections.Generic.IReadOnlyList`1"] = Sequence,
        ["System.Collections.Generic.IReadOnlyCollection`1"] = Sequence,
        ["System.Collections.Generic.IEnumerable`1"] = Sequence,
    };

    /// <summary>The codec of a type without type arguments.</summary>
    public static string? Simple(ITypeSymbol type) =>
        Special.TryGetValue(type.SpecialType, out var special) ? special
        : type is INamedTypeSymbol { IsGenericType: false, ContainingType: null } && Named.TryGetValue(MetadataName(type), out var named) ? named
        : null;

    /// <summary>The codec of a type with type arguments, each of which it needs the codec of.</summary>
    public static string? Generic(INamedTypeSymbol type) =>
        type.IsTupleType ? Tuple
        : type is { IsGenericType: true, ContainingType: null } && Generics.TryGetValue(MetadataName(type), out var generic) ? generic
        : null;

    private static string MetadataName(ITypeSymbol type) => $"{type.ContainingNamespace?.ToDisplayString()}.{type.MetadataName}";
}
