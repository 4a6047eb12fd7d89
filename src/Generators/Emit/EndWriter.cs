using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Writes the struct ends that depend on the record type only. None is generic: a loop over a shared generic struct calls it indirectly.</summary>
internal static class EndWriter
{
    public static void Write(SourceWriter writer, EndModel end, Func<string, string> name)
    {
        var type = end.Type;
        switch (end.Kind)
        {
            case EndKind.Source:
                WriteSource(writer, end, name);
                break;
            case EndKind.ReferenceSource:
                WriteReferenceSource(writer, end, name);
                break;
            case EndKind.BlockSink:
                WriteBlockSink(writer, end, name);
                break;
            case EndKind.CountSink:
                writer.Open($"private struct {end.Name}(long count) : {name("IRecordSink")}<{end.Type}>");
                writer.Line("private long _count = count;");
                writer.Line();
                writer.Line("public readonly bool IsFull => false;");
                writer.Line();
                writer.Line($"public void Write({type} record) => _count++;");
                writer.Line();
                writer.Line($"public readonly void Flush({name("CountOutput")}<{type}> output) => output.Count = _count;");
                writer.Close();
                break;
            case EndKind.FirstSink:
                Open(writer, end, "ReduceOutput", name);
                writer.Line("public readonly bool IsFull => output.HasValue;");
                writer.Line();
                writer.Open($"public readonly void Write({type} record)");
                writer.Line("output.Value = record;");
                writer.Line("output.HasValue = true;");
                writer.Close();
                writer.Close();
                break;
            case EndKind.TakeSink or EndKind.OutputSink:
                Open(writer, end, end.Kind == EndKind.TakeSink ? "TakeOutput" : "RecordOutput", name);
                writer.Line("public readonly bool IsFull => output.IsFull;");
                writer.Line();
                writer.Line($"public readonly void Write({type} record) => output.Write(record);");
                writer.Close();
                break;
        }
    }

    private static void Open(SourceWriter writer, EndModel end, string output, Func<string, string> name) =>
        writer.Open($"private struct {end.Name}({name(output)}<{end.Type}> output) : {name("IRecordSink")}<{end.Type}>");

    private static void WriteSource(SourceWriter writer, EndModel end, Func<string, string> name)
    {
        var span = $"{name("ReadOnlySpan")}<{end.Type}>";
        writer.Open($"private ref struct {end.Name}({span} records) : {name("IRecordSource")}<{end.Type}>");
        var walk = name("RecordSpan");
        writer.Line($"private readonly ref readonly {end.Type} _end = ref {walk}.End(records);");
        writer.Line($"private ref readonly {end.Type} _next = ref {walk}.Start(records);");
        writer.Line();
        writer.Open($"public bool TryRead(out {end.Type} record)");
        writer.Open($"if ({walk}.IsBefore(in _next, in _end))");
        writer.Line("record = _next;");
        writer.Line($"_next = ref {walk}.After(in _next);");
        writer.Line("return true;");
        writer.Close();
        writer.Line();
        writer.Line("record = default!;");
        writer.Line("return false;");
        writer.Close();
        writer.Close();
    }

    private static void WriteReferenceSource(SourceWriter writer, EndModel end, Func<string, string> name)
    {
        writer.Open($"private ref struct {end.Name}({name("ReadOnlySpan")}<{end.Type}> records) : {name("IReferenceSource")}<{end.Type}>");
        var walk = name("RecordSpan");
        writer.Line($"private readonly ref readonly {end.Type} _end = ref {walk}.End(records);");
        writer.Line($"private ref readonly {end.Type} _next = ref {walk}.Start(records);");
        writer.Line($"private ref readonly {end.Type} _current;");
        writer.Line();
        writer.Line($"public readonly ref readonly {end.Type} Current => ref _current;");
        writer.Line();
        writer.Open("public bool MoveNext()");
        writer.Open($"if ({walk}.IsBefore(in _next, in _end))");
        writer.Line("_current = ref _next;");
        writer.Line($"_next = ref {walk}.After(in _next);");
        writer.Line("return true;");
        writer.Close();
        writer.Line();
        writer.Line("return false;");
        writer.Close();
        writer.Close();
    }

    private static void WriteBlockSink(SourceWriter writer, EndModel end, Func<string, string> name)
    {
        Open(writer, end, "BlockOutput", name);
        writer.Line($"private {end.Type}[] _items = output.Items;");
        writer.Line("private int _count = output.Count;");
        writer.Line();
        writer.Line("public readonly bool IsFull => false;");
        writer.Line();
        writer.Open($"public void Write({end.Type} record)");
        writer.Line("var items = _items;");
        writer.Open("if ((uint)_count < (uint)items.Length)");
        writer.Line("items[_count++] = record;");
        writer.Line("return;");
        writer.Close();
        writer.Line();
        writer.Line("_items = output.Grow(_count);");
        writer.Line("_items[_count++] = record;");
        writer.Close();
        writer.Line();
        writer.Line("public readonly void Flush() => output.Count = _count;");
        writer.Close();
    }
}
