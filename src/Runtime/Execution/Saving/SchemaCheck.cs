using CodegenStreaming.Codecs;

namespace CodegenStreaming.Execution.Saving;

/// <summary>Whether what was written with some schemas can be read with others.</summary>
internal static class SchemaCheck
{
    /// <summary>The first thing that stands against it; null where nothing does.</summary>
    public static string? ProblemOf(IReadOnlyList<(string Name, RecordSchema Schema)> written, IReadOnlyList<(string Name, RecordSchema Schema)> wanted)
    {
        foreach (var (name, schema) in wanted)
        {
            var before = written.FirstOrDefault(other => other.Name == name).Schema;
            if (before is null)
            {
                return $"it was saved without the {name}";
            }

            try
            {
                if (!before.Equals(schema))
                {
                    SchemaUpgrade.Plan(before, schema);
                    if (LossOf(before, schema, isKey: name == "key", "") is { } loss)
                    {
                        return $"{Where(name, loss.Path)} {loss.Problem}";
                    }
                }
            }
            catch (IncompatibleSchemaException exception)
            {
                return $"{Where(name, exception.Field)} {exception.Problem}";
            }
        }

        return null;
    }

    private static string Where(string name, string path) => path.Length == 0 ? $"the {name}" : $"the field {path} of the {name}";

    /// <summary>
    /// What could be read, and would lose what a state is about: a record of which nothing is left, and a field of a key, without which several keys become one.
    /// </summary>
    private static (string Path, string Problem)? LossOf(RecordSchema written, RecordSchema wanted, bool isKey, string path)
    {
        if (wanted.Kind == SchemaKind.Optional)
        {
            return LossOf(written.Kind == SchemaKind.Optional ? written.Fields[0].Schema : written, wanted.Fields[0].Schema, isKey, path);
        }

        if (written.Kind == SchemaKind.Record && wanted.Kind == SchemaKind.Record)
        {
            var kept = written.Fields.Where(field => wanted.Fields.Any(other => other.Name == field.Name)).ToList();
            if (kept.Count == 0 && written.Fields.Count > 0)
            {
                return (path, $"was written as {written}, of which {wanted} has no field");
            }

            if (isKey && kept.Count < written.Fields.Count)
            {
                var lost = written.Fields.First(field => !kept.Contains(field));
                return (path, $"was written with {lost.Name}, which it does not have now: keys that differ only in that would become one");
            }

            return kept
                .Select(field => LossOf(field.Schema, wanted.Fields.First(other => other.Name == field.Name).Schema, isKey, path.Length == 0 ? field.Name : $"{path}.{field.Name}"))
                .FirstOrDefault(static loss => loss is not null);
        }

        return (written.Kind, wanted.Kind) switch
        {
            (SchemaKind.List, SchemaKind.List) => LossOf(written.Fields[0].Schema, wanted.Fields[0].Schema, isKey, path + "[]"),
            (SchemaKind.Dictionary, SchemaKind.Dictionary) => LossOf(written.Fields[0].Schema, wanted.Fields[0].Schema, isKey: true, path + "[key]")
                ?? LossOf(written.Fields[1].Schema, wanted.Fields[1].Schema, isKey, path + "[]"),
            _ => null,
        };
    }
}
