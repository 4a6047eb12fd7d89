namespace CodegenStreaming.Codecs;

/// <summary>What a schema describes. The numbers stand in files.</summary>
public enum SchemaKind : byte
{
    /// <summary>A byte, 0 or 1.</summary>
    Boolean = 1,

    /// <summary>A UTF-16 code unit, two bytes.</summary>
    Char = 2,

    /// <summary>One byte with a sign.</summary>
    SByte = 3,

    /// <summary>One byte.</summary>
    Byte = 4,

    /// <summary>Two bytes with a sign.</summary>
    Int16 = 5,

    /// <summary>Two bytes.</summary>
    UInt16 = 6,

    /// <summary>Four bytes with a sign.</summary>
    Int32 = 7,

    /// <summary>Four bytes.</summary>
    UInt32 = 8,

    /// <summary>Eight bytes with a sign.</summary>
    Int64 = 9,

    /// <summary>Eight bytes.</summary>
    UInt64 = 10,

    /// <summary>Sixteen bytes with a sign.</summary>
    Int128 = 11,

    /// <summary>Sixteen bytes.</summary>
    UInt128 = 12,

    /// <summary>A floating-point number of two bytes.</summary>
    Half = 13,

    /// <summary>A floating-point number of four bytes.</summary>
    Single = 14,

    /// <summary>A floating-point number of eight bytes.</summary>
    Double = 15,

    /// <summary>A decimal number: sixteen bytes.</summary>
    Decimal = 16,

    /// <summary>Sixteen bytes.</summary>
    Guid = 17,

    /// <summary>A date and time with its kind: eight bytes.</summary>
    DateTime = 18,

    /// <summary>A date and time with its distance from UTC in minutes: ten bytes.</summary>
    DateTimeOffset = 19,

    /// <summary>Ticks: eight bytes.</summary>
    TimeSpan = 20,

    /// <summary>Days since 1 January of year 1: four bytes.</summary>
    DateOnly = 21,

    /// <summary>Ticks since midnight: eight bytes.</summary>
    TimeOnly = 22,

    /// <summary>Text, or null.</summary>
    String = 23,

    /// <summary>Bytes that are UTF-8 as a rule.</summary>
    Text = 24,

    /// <summary>A number with names for its values.</summary>
    Enum = 32,

    /// <summary>A value or none: a mark, then the value.</summary>
    Optional = 33,

    /// <summary>Null, or a count and the elements.</summary>
    List = 34,

    /// <summary>Null, or a count and the pairs.</summary>
    Dictionary = 35,

    /// <summary>Fields one after another.</summary>
    Record = 36,

    /// <summary>Memory as it lies, of a type that is only known by its name and size.</summary>
    Raw = 37,
}
