namespace CodegenStreaming.Codecs;

/// <summary>
/// A schema as bytes: the kind, and for the kinds that need more the name, then the children one after another, each record field's name before it.
/// </summary>
internal static class SchemaFormat
{
    /// <summary>No type that a codec is written for nests so deep, and no stack is too small for it.</summary>
    private const int MaximumDepth = 64;

    private const int MinimumFieldSize = 2;
    private const int MinimumMemberSize = 9;

    public static void Write(ref RecordWriter writer, RecordSchema schema)
    {
        writer.WriteByte((byte)schema.Kind);
        switch (schema.Kind)
        {
            case SchemaKind.Record:
                writer.WriteString(schema.Name);
                writer.WriteLength(schema.Fields.Count);
                foreach (var field in schema.Fields)
                {
                    writer.WriteString(field.Name);
                    Write(ref writer, field.Schema);
                }

                break;
            case SchemaKind.Enum:
                writer.WriteString(schema.Name);
                writer.WriteByte((byte)schema.Fields[0].Schema.Kind);
                writer.WriteLength(schema.Members.Count);
                foreach (var member in schema.Members)
                {
                    writer.WriteString(member.Name);
                    writer.WriteInt64(member.Value);
                }

                break;
            case SchemaKind.Raw:
                writer.WriteString(schema.Name);
                writer.WriteInt32(schema.Size);
                break;
            default:
                foreach (var field in schema.Fields)
                {
                    Write(ref writer, field.Schema);
                }

                break;
        }
    }

    public static RecordSchema Read(ref RecordReader reader) => Read(ref reader, 0);

    private static RecordSchema Read(ref RecordReader reader, int depth)
    {
        if (depth == MaximumDepth)
        {
            reader.Fail($"The schema nests deeper than {MaximumDepth} levels");
        }

        var start = reader.Position;
        var kind = (SchemaKind)reader.ReadByte();
        switch (kind)
        {
            case SchemaKind.Optional:
                return RecordSchema.Optional(Read(ref reader, depth + 1));
            case SchemaKind.List:
                return RecordSchema.List(Read(ref reader, depth + 1));
            case SchemaKind.Dictionary:
                var key = Read(ref reader, depth + 1);
                return RecordSchema.Dictionary(key, Read(ref reader, depth + 1));
            case SchemaKind.Record:
                return ReadRecord(ref reader, depth);
            case SchemaKind.Enum:
                return ReadEnum(ref reader);
            case SchemaKind.Raw:
                var name = ReadName(ref reader);
                var size = reader.ReadInt32();
                if (size < 1)
                {
                    reader.Fail($"The schema's raw memory has {size} bytes", start);
                }

                return RecordSchema.Raw(name, size);
            default:
                if (!RecordSchema.IsSimple(kind))
                {
                    reader.Fail($"The schema's kind {(byte)kind} is not known", start);
                }

                return RecordSchema.Of(kind);
        }
    }

    private static RecordSchema ReadRecord(ref RecordReader reader, int depth)
    {
        var start = reader.Position;
        var name = ReadName(ref reader);
        var fields = new SchemaField[reader.ReadLength(MinimumFieldSize)];
        var names = new HashSet<string>();
        for (var index = 0; index < fields.Length; index++)
        {
            var field = ReadName(ref reader);
            if (!names.Add(field))
            {
                reader.Fail($"The schema's field {field} is there twice", start);
            }

            fields[index] = new SchemaField(field, Read(ref reader, depth + 1));
        }

        return new RecordSchema(SchemaKind.Record, name, 0, fields, []);
    }

    private static RecordSchema ReadEnum(ref RecordReader reader)
    {
        var start = reader.Position;
        var name = ReadName(ref reader);
        var number = (SchemaKind)reader.ReadByte();
        if (!RecordSchema.IsInteger(number))
        {
            reader.Fail($"The schema's enumeration {name} has no number", start);
        }

        var members = new (string, long)[reader.ReadLength(MinimumMemberSize)];
        for (var index = 0; index < members.Length; index++)
        {
            members[index] = (ReadName(ref reader), reader.ReadInt64());
        }

        return RecordSchema.Enum(name, number, members);
    }

    private static string ReadName(ref RecordReader reader)
    {
        var start = reader.Position;
        if (reader.ReadString() is not { } name)
        {
            reader.Fail("The schema lacks a name", start);
            return "";
        }

        return name;
    }
}
