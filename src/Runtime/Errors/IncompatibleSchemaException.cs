namespace CodegenStreaming;

/// <summary>Stored records are of a type that the program's type cannot be made of. The message names the first field for which that is so.</summary>
public sealed class IncompatibleSchemaException : StreamingException
{
    internal IncompatibleSchemaException(string field, string problem, string? file = null)
        : base($"{(file is null ? "" : $"{file}: ")}{(field.Length == 0 ? "The record" : $"The field {field}")} {problem}.") => (Field, Problem, File) = (field, problem, file);

    /// <summary>The field with those that it lies in, such as <c>Lines[].Price</c>; empty for the record itself.</summary>
    public string Field { get; }

    /// <summary>The file; null where the records come from none.</summary>
    public string? File { get; }

    /// <summary>What stands against it, without the field.</summary>
    internal string Problem { get; }
}
