using System.Text.RegularExpressions;
using CodegenStreaming.Codecs;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>Schemas in one line for people: types without their namespaces.</summary>
internal static partial class SchemaText
{
    public static string Of(RecordSchema schema) => Qualifier().Replace(schema.ToString(), "");

    [GeneratedRegex(@"(?<!\w)(?:\w+[.+])+(?=\w)")]
    private static partial Regex Qualifier();
}
