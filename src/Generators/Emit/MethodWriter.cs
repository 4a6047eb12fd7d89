using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Writes a lambda as a method.</summary>
internal static class MethodWriter
{
    public static void Write(SourceWriter writer, MethodModel method, Func<string, string> name)
    {
        writer.Line($"// {method.Comment}");
        writer.Line($"[{name("MethodImpl")}({name("MethodImplOptions")}.AggressiveInlining)]");
        var modifiers = $"private {(method.IsStatic ? "static " : "")}{(method.IsUnsafe ? "unsafe " : "")}";
        var parameters = string.Join(", ", method.Parameters.Select(parameter => $"{(parameter.IsByReference ? "in " : "")}{parameter.Type} {parameter.Name}"));
        var signature = $"{modifiers}{method.ReturnType} {method.Name}({parameters})";
        var body = SequencePoints.Mark(method.BodyKey, method.Body);
        var overflow = method.Overflow switch
        {
            OverflowContext.Checked => "checked",
            OverflowContext.Unchecked => "unchecked",
            _ => "",
        };

        if (method.IsBlock && method.Constants.Count == 0 && overflow.Length == 0)
        {
            writer.Line(signature);
            writer.Line(body);
            return;
        }

        if (!method.IsBlock && method.Constants.Count == 0 && (overflow.Length == 0 || method.ReturnType != "void"))
        {
            writer.Line($"{signature} => {(overflow.Length == 0 ? body : SequencePoints.Mark(method.BodyKey, method.Body, overflow + "(") + ")")};");
            return;
        }

        writer.Open(signature);
        foreach (var constant in method.Constants)
        {
            writer.Line(constant);
        }

        if (overflow.Length > 0)
        {
            writer.Open(overflow);
        }

        writer.Line(method.IsBlock ? body : method.ReturnType == "void" ? $"{body};" : SequencePoints.Mark(method.BodyKey, method.Body, "return ") + ";");
        if (overflow.Length > 0)
        {
            writer.Close();
        }

        writer.Close();
    }
}
