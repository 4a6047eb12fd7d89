using CodegenStreaming.Codecs;

namespace CodegenStreaming.Tests.Codecs;

/// <summary>Schemas, values and changes at random.</summary>
internal static class RandomSchema
{
    private const int LastSimpleKind = (int)SchemaKind.Text;

    public static RecordSchema Next(Random random, int depth) => random.Next(depth == 0 ? 1 : 7) switch
    {
        1 => RecordSchema.Optional(Next(random, depth - 1)),
        2 => RecordSchema.List(Next(random, depth - 1)),
        3 => RecordSchema.Dictionary(Next(random, depth - 1), Next(random, depth - 1)),
        4 => RecordSchema.Enum("E", SchemaKind.Int16, ("A", 1), ("B", 2)),
        5 => RecordSchema.Raw("raw", random.Next(1, 20)),
        6 => RecordSchema.Record("R", [.. Enumerable.Range(0, random.Next(5)).Select(index => ($"F{index}", Next(random, depth - 1)))]),
        _ => RecordSchema.Of((SchemaKind)random.Next(1, LastSimpleKind + 1)),
    };

    /// <summary>Writes a value of a schema.</summary>
    public static void Write(ref RecordWriter writer, RecordSchema schema, Random random)
    {
        switch (schema.Kind)
        {
            case SchemaKind.String:
                writer.WriteString(random.Next(4) == 0 ? null : Randomly.Text(random, 30, "aä漢\uD800"));
                break;
            case SchemaKind.Text:
                writer.WriteText(new byte[random.Next(200)]);
                break;
            case SchemaKind.Optional:
                if (writer.WritePresence(random.Next(2) == 0))
                {
                    WriteFields(ref writer, schema, random);
                }

                break;
            case SchemaKind.List or SchemaKind.Dictionary:
                var length = random.Next(5) - 1;
                writer.WriteListLength(length < 0 ? null : length);
                for (var index = 0; index < length; index++)
                {
                    WriteFields(ref writer, schema, random);
                }

                break;
            case SchemaKind.Record when schema.Fields.Count > 0:
                WriteFields(ref writer, schema, random);
                break;
            case SchemaKind.Record:
                writer.WriteByte(0);
                break;
            default:
                var bytes = new byte[schema.MinimumSize];
                random.NextBytes(bytes);
                writer.WriteBytes(bytes);
                break;
        }
    }

    /// <summary>The schema with fields added anywhere in it, and all fields in another order.</summary>
    public static RecordSchema Extend(RecordSchema schema, Random random) => schema.Kind switch
    {
        SchemaKind.Optional => RecordSchema.Optional(Extend(schema.Fields[0].Schema, random)),
        SchemaKind.List => RecordSchema.List(Extend(schema.Fields[0].Schema, random)),
        SchemaKind.Dictionary => RecordSchema.Dictionary(Extend(schema.Fields[0].Schema, random), Extend(schema.Fields[1].Schema, random)),
        SchemaKind.Record => RecordSchema.Record("Other", [.. schema.Fields.Select(field => (field.Name, Extend(field.Schema, random)))
            .Concat(Enumerable.Range(0, random.Next(3)).Select(index => ($"Added{index}", Next(random, 2))))
            .OrderBy(_ => random.Next(3))]),
        _ => schema,
    };

    private static void WriteFields(ref RecordWriter writer, RecordSchema schema, Random random)
    {
        foreach (var field in schema.Fields)
        {
            Write(ref writer, field.Schema, random);
        }
    }
}
