using CodegenStreaming.CheckpointTool.Reading;
using CodegenStreaming.Codecs;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.CheckpointTool.Schemas;

/// <summary>The schemas of a checkpoint's streams as lines of text, one for each field, in the order of their characters: what a change adds or takes away shows.</summary>
internal static class SchemaLines
{
    /// <summary>Stands before what has no name, and may get another one when the program changes.</summary>
    private const string Unnamed = "(unnamed) ";

    public static IReadOnlyList<string> Of(IEnumerable<StreamIdentity> streams)
    {
        StreamIdentity[] all = [.. streams];
        var lines = new List<string>();
        foreach (var equals in all.GroupBy(TitleOf))
        {
            // A name is of one pipeline as a rule, and the lines do without that; so they do where a window keeps a state and batches.
            var needsPipeline = equals.Select(static stream => stream.Pipeline).Distinct().Count() > 1;
            var used = new HashSet<string>();
            foreach (var stream in equals)
            {
                var title = needsPipeline && stream.Name is not null ? $"{PlainText.Of(stream.Pipeline)}/{equals.Key}" : equals.Key;
                var numbered = title;
                for (var number = 2; stream.Schemas.Any(schema => used.Contains($"{numbered}.{schema.Name}")); number++)
                {
                    numbered = $"{title}#{number}";
                }

                foreach (var (name, schema) in stream.Schemas)
                {
                    used.Add($"{numbered}.{name}");
                    Add(lines, $"{numbered}.{name}", schema);
                }
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string TitleOf(StreamIdentity stream) => stream.Name is null ? Unnamed + PlainText.Of(stream.Display) : PlainText.Of(stream.Name);

    /// <summary>A value's line, or those of its fields: a question mark says that it may be missing, brackets that there are many.</summary>
    private static void Add(List<string> lines, string path, RecordSchema schema)
    {
        switch (schema.Kind)
        {
            case SchemaKind.Record when schema.Fields.Count > 0:
                foreach (var field in schema.Fields)
                {
                    Add(lines, $"{path}.{PlainText.Of(field.Name)}", field.Schema);
                }

                break;
            case SchemaKind.Record:
                lines.Add($"{path}: no fields");
                break;
            case SchemaKind.Optional:
                Add(lines, path + "?", schema.Fields[0].Schema);
                break;
            case SchemaKind.List:
                Add(lines, path + "[]", schema.Fields[0].Schema);
                break;
            case SchemaKind.Dictionary:
                Add(lines, path + "[key]", schema.Fields[0].Schema);
                Add(lines, path + "[]", schema.Fields[1].Schema);
                break;
            case SchemaKind.Enum:
                lines.Add($"{path}: enum of {schema.Fields[0].Schema}");
                foreach (var member in schema.Members)
                {
                    lines.Add($"{path}.{PlainText.Of(member.Name)} = {member.Value}");
                }

                break;
            case SchemaKind.Raw:
                lines.Add($"{path}: {PlainText.Of(schema.ToString())} of {schema.MinimumSize} bytes");
                break;
            default:
                lines.Add($"{path}: {schema}");
                break;
        }
    }
}
