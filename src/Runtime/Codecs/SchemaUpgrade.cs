namespace CodegenStreaming.Codecs;

/// <summary>
/// Turns bytes of an old schema into bytes of a new one: fields are matched by name, added ones get their type's default, removed ones are skipped, numbers
/// are widened, and a value becomes one that may be missing. Everything else is refused when the upgrade is planned. It knows schemas and no types, so that
/// codecs only ever read what they would write themselves. Immutable.
/// </summary>
internal abstract class SchemaUpgrade
{
    /// <summary>Finds how to do it.</summary>
    /// <exception cref="IncompatibleSchemaException">It can't be done; the message names the field.</exception>
    public static SchemaUpgrade Plan(RecordSchema written, RecordSchema wanted) => Plan(written, wanted, "");

    /// <summary>Reads one old value and writes the new one.</summary>
    public abstract void Convert(ref RecordReader reader, ref RecordWriter writer);

    private static SchemaUpgrade Plan(RecordSchema written, RecordSchema wanted, string path)
    {
        if (written.Equals(wanted))
        {
            return new CopyUpgrade(written);
        }

        return (written.Kind, wanted.Kind) switch
        {
            (SchemaKind.Optional, SchemaKind.Optional) => new OptionalUpgrade(Plan(Child(written), Child(wanted), path)),
            (not SchemaKind.Optional, SchemaKind.Optional) => new PresentUpgrade(Plan(written, Child(wanted), path)),
            (SchemaKind.List, SchemaKind.List) => new ListUpgrade([Plan(Child(written), Child(wanted), path + "[]")], Child(written).MinimumSize),
            (SchemaKind.Dictionary, SchemaKind.Dictionary) => new ListUpgrade(
                [Plan(Child(written), Child(wanted), path + "[key]"), Plan(Child(written, 1), Child(wanted, 1), path + "[]")],
                Child(written).MinimumSize + Child(written, 1).MinimumSize),
            (SchemaKind.Record, SchemaKind.Record) => PlanRecord(written, wanted, path),
            (SchemaKind.Enum, SchemaKind.Enum) => PlanEnum(written, wanted, path),
            (SchemaKind.Optional, _) => throw new IncompatibleSchemaException(
                path, $"may be missing where it was written, and is {Short(wanted)}, which is always there"),
            _ => NumberUpgrade.Find(written.Kind, wanted.Kind)
                ?? throw new IncompatibleSchemaException(path, $"was written as {Short(written)} and can't be read as {Short(wanted)}"),
        };
    }

    private static RecordUpgrade PlanRecord(RecordSchema written, RecordSchema wanted, string path)
    {
        var upgrades = new (SchemaUpgrade Upgrade, int Target)[written.Fields.Count];
        var sources = new int[wanted.Fields.Count];
        Array.Fill(sources, -1);
        for (var index = 0; index < upgrades.Length; index++)
        {
            var field = written.Fields[index];
            var target = IndexOf(wanted, field.Name);
            upgrades[index] = target < 0
                ? (new SkipUpgrade(field.Schema), target)
                : (Plan(field.Schema, wanted.Fields[target].Schema, path.Length == 0 ? field.Name : $"{path}.{field.Name}"), target);
            if (target >= 0)
            {
                sources[target] = index;
            }
        }

        return new RecordUpgrade(upgrades, sources, [.. wanted.Fields.Select(field => field.Schema.MinimumSize)], written.Fields.Count == 0);
    }

    /// <summary>Members may be added; one that was removed, or has another number now, would make old values mean something else.</summary>
    private static SchemaUpgrade PlanEnum(RecordSchema written, RecordSchema wanted, string path)
    {
        foreach (var member in written.Members)
        {
            if (!wanted.Members.Contains(member))
            {
                throw new IncompatibleSchemaException(
                    path, $"was written with the member {member.Name} = {member.Value} of {written.Name}, which {wanted.Name} does not have");
            }
        }

        return Plan(Child(written), Child(wanted), path);
    }

    /// <summary>A schema for messages; that of a file may be as long as whoever made it liked.</summary>
    private static string Short(RecordSchema schema)
    {
        const int Limit = 300;
        var text = schema.ToString();
        return text.Length <= Limit ? text : $"{text.AsSpan(0, Limit)}…";
    }

    private static RecordSchema Child(RecordSchema schema, int index = 0) => schema.Fields[index].Schema;

    private static int IndexOf(RecordSchema record, string field)
    {
        for (var index = 0; index < record.Fields.Count; index++)
        {
            if (record.Fields[index].Name == field)
            {
                return index;
            }
        }

        return -1;
    }
}
