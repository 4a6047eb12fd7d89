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
                }
            }
            catch (IncompatibleSchemaException exception)
            {
                return $"{(exception.Field.Length == 0 ? $"the {name}" : $"the field {exception.Field} of the {name}")} {exception.Problem}";
            }
        }

        return null;
    }
}
