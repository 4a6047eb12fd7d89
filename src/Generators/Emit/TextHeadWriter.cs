using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Writes how a loop that begins with a source over text gets that source: from the lines of a block, or from records that lie anywhere.</summary>
internal static class TextHeadWriter
{
    public static void WriteExecute(SourceWriter writer, LoopModel loop, TextHeadModel head, string output, Func<string, string> name)
    {
        Write(writer, head, $"Execute({name("ReadOnlySpan")}<{loop.In}> records, {output})", "records", name);
        Write(writer, head, $"ExecuteText({name("Utf8Lines")} lines, {output})", "lines", name);
    }

    private static void Write(SourceWriter writer, TextHeadModel head, string method, string input, Func<string, string> name)
    {
        writer.Open($"public override void {method}");
        writer.Line($"var source = {name("TextSource")}.{head.Source}({input}, {head.Arguments});");
        writer.Line("Execute(ref source, output);");
        writer.Close();
        writer.Line();
    }
}
