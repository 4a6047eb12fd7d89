using System.Diagnostics;
using System.Text;

namespace CodegenStreaming.Codecs;

/// <summary>
/// What a codec writes: stored with the data, so that data is only read by a codec that understands it. Two schemas are equal when their bytes mean the
/// same; the names of records and enumerations are for messages, those of fields and members count. Immutable.
/// </summary>
[DebuggerDisplay("{ToString()}")]
public sealed class RecordSchema : IEquatable<RecordSchema>
{
    private readonly SchemaField[] _fields;
    private readonly EnumMember[] _members;

    internal RecordSchema(SchemaKind kind, string name, int size, SchemaField[] fields, EnumMember[] members)
    {
        (Kind, Name, Size, _fields, _members) = (kind, name, size, fields, members);
        MinimumSize = kind switch
        {
            SchemaKind.Optional or SchemaKind.List or SchemaKind.Dictionary or SchemaKind.String or SchemaKind.Text => 1,
            SchemaKind.Record => (int)Math.Clamp(fields.Sum(field => (long)field.Schema.MinimumSize), 1, int.MaxValue),
            SchemaKind.Enum => fields[0].Schema.MinimumSize,
            _ => size,
        };
    }

    /// <summary>What it describes.</summary>
    public SchemaKind Kind { get; }

    /// <summary>The type's name, for a record, an enumeration, raw memory; otherwise empty.</summary>
    public string Name { get; }

    /// <summary>
    /// The fields of a record; the element of an optional value (<c>value</c>) or list (<c>element</c>); <c>key</c> and <c>value</c> of a dictionary; the number
    /// (<c>value</c>) that an enumeration is written as.
    /// </summary>
    public IReadOnlyList<SchemaField> Fields => _fields;

    /// <summary>The members of an enumeration.</summary>
    public IReadOnlyList<EnumMember> Members => _members;

    /// <summary>The fewest bytes that a value takes; at least one.</summary>
    public int MinimumSize { get; }

    /// <summary>The bytes of a value of a fixed size; zero for others.</summary>
    internal int Size { get; }

    /// <summary>A value of a kind that needs no further description: a number, a date, a string.</summary>
    /// <exception cref="ArgumentException">The kind needs one.</exception>
    public static RecordSchema Of(SchemaKind kind) => IsSimple(kind)
        ? new RecordSchema(kind, "", SizeOf(kind), [], [])
        : throw new ArgumentException($"A schema of the kind {kind} needs more than the kind.", nameof(kind));

    /// <summary>Fields one after another.</summary>
    /// <param name="name">The type's name.</param>
    /// <param name="fields">Names, which differ, and schemas. Without fields a byte 0 is written, since every value takes a byte at least.</param>
    public static RecordSchema Record(string name, params ReadOnlySpan<(string Name, RecordSchema Schema)> fields)
    {
        ArgumentNullException.ThrowIfNull(name);
        var array = new SchemaField[fields.Length];
        for (var index = 0; index < array.Length; index++)
        {
            array[index] = new SchemaField(fields[index].Name, fields[index].Schema);
        }

        return array.DistinctBy(field => field.Name).Count() == array.Length
            ? new RecordSchema(SchemaKind.Record, name, 0, array, [])
            : throw new ArgumentException($"Two fields of {name} have the same name.", nameof(fields));
    }

    /// <summary>A number with names for its values.</summary>
    /// <param name="name">The type's name.</param>
    /// <param name="number">The kind of number that it is written as.</param>
    /// <param name="members">Names and values; that of an unsigned number of eight bytes is taken as one with a sign.</param>
    public static RecordSchema Enum(string name, SchemaKind number, params ReadOnlySpan<(string Name, long Value)> members)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsInteger(number))
        {
            throw new ArgumentException($"{number} is not the number of an enumeration.", nameof(number));
        }

        var array = new EnumMember[members.Length];
        for (var index = 0; index < array.Length; index++)
        {
            array[index] = new EnumMember(members[index].Name, members[index].Value);
        }

        return new RecordSchema(SchemaKind.Enum, name, 0, [new SchemaField("value", Of(number))], array);
    }

    /// <summary>A value that may be missing: a nullable one, an option, a reference.</summary>
    public static RecordSchema Optional(RecordSchema value) => new(SchemaKind.Optional, "", 0, [new SchemaField("value", value)], []);

    /// <summary>A list or array, which may be null.</summary>
    public static RecordSchema List(RecordSchema element) => new(SchemaKind.List, "", 0, [new SchemaField("element", element)], []);

    /// <summary>A dictionary, which may be null.</summary>
    public static RecordSchema Dictionary(RecordSchema key, RecordSchema value) =>
        new(SchemaKind.Dictionary, "", 0, [new SchemaField("key", key), new SchemaField("value", value)], []);

    /// <summary>Memory as it lies, of a type that is only known by name and size.</summary>
    public static RecordSchema Raw(string name, int size)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return new RecordSchema(SchemaKind.Raw, name, size, [], []);
    }

    /// <inheritdoc/>
    public bool Equals(RecordSchema? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Kind == other.Kind
            && Size == other.Size
            && (Kind != SchemaKind.Raw || Name == other.Name)
            && _fields.AsSpan().SequenceEqual(other._fields)
            && _members.AsSpan().SequenceEqual(other._members));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordSchema);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        hash.Add(Size);
        foreach (var field in _fields)
        {
            hash.Add(field);
        }

        return hash.ToHashCode();
    }

    /// <summary>The schema in one line, such as <c>Order { Id: int32, Lines: list of string }</c>.</summary>
    public override string ToString() => Append(new StringBuilder()).ToString();

    internal static bool IsSimple(SchemaKind kind) => kind is >= SchemaKind.Boolean and <= SchemaKind.Text;

    internal static bool IsInteger(SchemaKind kind) => kind is >= SchemaKind.SByte and <= SchemaKind.UInt64;

    private static int SizeOf(SchemaKind kind) => kind switch
    {
        SchemaKind.Boolean or SchemaKind.SByte or SchemaKind.Byte => 1,
        SchemaKind.Char or SchemaKind.Int16 or SchemaKind.UInt16 or SchemaKind.Half => 2,
        SchemaKind.Int32 or SchemaKind.UInt32 or SchemaKind.Single or SchemaKind.DateOnly => 4,
        SchemaKind.Int128 or SchemaKind.UInt128 or SchemaKind.Decimal or SchemaKind.Guid => 16,
        SchemaKind.DateTimeOffset => 10,
        SchemaKind.String or SchemaKind.Text => 0,
        _ => 8,
    };

    private StringBuilder Append(StringBuilder text)
    {
        switch (Kind)
        {
            case SchemaKind.Optional:
                return _fields[0].Schema.Append(text).Append('?');
            case SchemaKind.List:
                return _fields[0].Schema.Append(text.Append("list of "));
            case SchemaKind.Dictionary:
                return _fields[1].Schema.Append(_fields[0].Schema.Append(text.Append("dictionary of ")).Append(" to "));
            case SchemaKind.Enum:
                return text.Append("enum ").Append(Name);
            case SchemaKind.Raw:
                return text.Append("raw ").Append(Name);
            case SchemaKind.Record:
                text.Append(Name).Append(" {");
                for (var index = 0; index < _fields.Length; index++)
                {
                    _fields[index].Schema.Append(text.Append(index == 0 ? " " : ", ").Append(_fields[index].Name).Append(": "));
                }

                return text.Append(" }");
            default:
                return text.Append(Kind.ToString().ToLowerInvariant());
        }
    }
}

/// <summary>A field of a <see cref="RecordSchema"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">What it holds.</param>
public sealed record SchemaField(string Name, RecordSchema Schema);

/// <summary>A member of an enumeration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its number.</param>
public sealed record EnumMember(string Name, long Value);
