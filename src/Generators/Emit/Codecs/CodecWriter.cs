using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit.Codecs;

/// <summary>Writes the codec of a type of the user's.</summary>
internal static class CodecWriter
{
    public static void Write(SourceWriter writer, CodecModel codec, string prefix)
    {
        writer.Open($"private readonly struct {codec.Name} : {prefix}ICodec<{codec.Type}>");
        if (codec.Enumeration is { } enumeration)
        {
            WriteEnumeration(writer, codec, enumeration, prefix);
        }
        else
        {
            WriteRecord(writer, codec, prefix);
        }

        writer.Close();
    }

    private static void WriteEnumeration(SourceWriter writer, CodecModel codec, EnumerationModel enumeration, string prefix)
    {
        var number = $"{prefix}{enumeration.Number}Codec";
        writer.Line($"public static {prefix}RecordSchema Schema {{ get; }} = {prefix}RecordSchema.Enum(");
        writer.Continued($"{Text.Literal(codec.SchemaName)},");
        var members = enumeration.Members.Select(member => $"({Text.Literal(member.Name)}, {Number(member.Value)})").ToList();
        writer.Continued($"{prefix}SchemaKind.{enumeration.Number}{(members.Count == 0 ? ");" : ",")}");
        WriteArguments(writer, members);
        writer.Line();
        writer.Line($"public static bool IsRaw => {number}.IsRaw;");
        writer.Line();
        writer.Line($"public static void Write(ref {prefix}RecordWriter writer, {codec.Type} value) => {number}.Write(ref writer, ({enumeration.NumberType})value);");
        writer.Line();
        writer.Line($"public static {codec.Type} Read(ref {prefix}RecordReader reader) => ({codec.Type}){number}.Read(ref reader);");
    }

    private static void WriteRecord(SourceWriter writer, CodecModel codec, string prefix)
    {
        writer.Line($"public static {prefix}RecordSchema Schema {{ get; }} = {prefix}RecordSchema.Record(");
        writer.Continued($"{Text.Literal(codec.SchemaName)}{(codec.Members.Count == 0 ? ");" : ",")}");
        WriteArguments(writer, [.. codec.Members.Select(member => $"({Text.Literal(member.Name)}, {member.Codec}.Schema)")]);
        writer.Line();
        writer.Open($"public static void Write(ref {prefix}RecordWriter writer, {codec.Type} value)");
        foreach (var member in codec.Members)
        {
            writer.Line($"{member.Codec}.Write(ref writer, value.{member.Access});");
        }

        if (codec.Members.Count == 0)
        {
            writer.Line("writer.WriteByte(0);");
        }

        writer.Close();
        writer.Line();
        if (codec.Members.Count == 0)
        {
            writer.Open($"public static {codec.Type} Read(ref {prefix}RecordReader reader)");
            writer.Line("reader.ReadByte();");
            writer.Line($"return new {codec.Type}();");
            writer.Close();
            return;
        }

        WriteRead(writer, codec, prefix);
    }

    /// <summary>Arguments and initialisers are evaluated in the order in which they stand: that of the members.</summary>
    private static void WriteRead(SourceWriter writer, CodecModel codec, string prefix)
    {
        var isWhole = codec.Parameters == codec.Members.Count;
        writer.Line($"public static {codec.Type} Read(ref {prefix}RecordReader reader) =>");
        writer.Continued($"new {codec.Type}({(codec.Parameters == 0 ? ")" : "")}");
        for (var index = 0; index < codec.Parameters; index++)
        {
            var isLast = index == codec.Parameters - 1;
            writer.Continued($"    {codec.Members[index].Codec}.Read(ref reader){(isLast ? isWhole ? ");" : ")" : ",")}");
        }

        if (isWhole)
        {
            return;
        }

        writer.Continued("{");
        foreach (var member in codec.Members.Skip(codec.Parameters))
        {
            writer.Continued($"    {member.Access} = {member.Codec}.Read(ref reader),");
        }

        writer.Continued("};");
    }

    private static void WriteArguments(SourceWriter writer, List<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            writer.Continued(arguments[index] + (index == arguments.Count - 1 ? ");" : ","));
        }
    }

    private static string Number(long value) =>
        value == long.MinValue ? "long.MinValue" : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
