using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit.Vectors;

/// <summary>Writes a loop's vectorised form, once for each width of vectors, and the choice between them.</summary>
/// <param name="writeBinding">Writes the binding of the task's output to an end, around the given call.</param>
internal sealed class VectorWriter(SourceWriter writer, LoopModel loop, VectorModel vector, Func<string, string> name, Action<string> writeBinding)
{
    private static readonly int[] AllWidths = [512, 256, 128];

    /// <summary>In the lower half of a vector of 128 bits the upper lanes hold no records.</summary>
    private bool HasNarrowest => !vector.IsWide || vector.Value is null || vector.Value.Type.IsWide();

    private IEnumerable<int> Widths => HasNarrowest ? AllWidths : AllWidths.Where(width => width > 128);

    private string Records => $"{name("ReadOnlySpan")}<{loop.In}> records";

    /// <summary>What the rest of the loop reads.</summary>
    public string RestInput => vector.End == VectorEnd.Values ? vector.ValueType : loop.In;

    /// <summary>Whether the vectorised form gives values or positions that the rest of the loop takes on.</summary>
    public bool HasRest => vector.End == VectorEnd.Selection || (vector.End == VectorEnd.Values && !IsStored);

    /// <summary>Whether the values are just what a block is to hold.</summary>
    private bool IsStored => vector.End == VectorEnd.Values && vector.Stages == loop.Stages.Count && loop.End is LoopEnd.Open or LoopEnd.Block;

    public void Write()
    {
        writer.Open($"public override bool TryRunVector({Records}, {name("RecordOutput")}<{loop.Out}> output)");
        var conditions = new List<string> { $"!{name(HasNarrowest ? "Vector128" : "Vector256")}.IsHardwareAccelerated" };
        if (IsStored && loop.End == LoopEnd.Open)
        {
            conditions.Add($"output is not {name("BlockOutput")}<{loop.Out}> block");
        }

        writer.Open($"if ({string.Join(" || ", conditions)})");
        writer.Line("return false;");
        writer.Close();
        writer.Line();
        writer.Line($"var whole = records[..{name("Lanes")}.WholeVectors(records.Length)];");
        WriteCall();
        WriteTail();
        writer.Line("return true;");
        writer.Close();
        writer.Line();
        WriteChoice();
        foreach (var width in Widths)
        {
            writer.Line();
            WriteWidth(width);
        }
    }

    /// <summary>The records after the last whole vector.</summary>
    private void WriteTail()
    {
        const string tail = "Execute(records[whole.Length..], output);";
        if (!HasRest || loop.End != LoopEnd.Open)
        {
            writer.Line(tail);
            return;
        }

        writer.Open("if (!output.IsFull)");
        writer.Line(tail);
        writer.Close();
        writer.Line();
    }

    private void WriteCall()
    {
        switch (vector.End)
        {
            case VectorEnd.Count:
                writer.Line($"(({name("CountOutput")}<{loop.Out}>)output).Count += Count(whole);");
                break;
            case VectorEnd.Fold:
                writer.Line($"Fold(whole, ({name("ReduceOutput")}<{loop.Out}>)output);");
                break;
            case VectorEnd.Values when IsStored:
                if (loop.End == LoopEnd.Block)
                {
                    writer.Line($"var block = ({name("BlockOutput")}<{loop.Out}>)output;");
                }

                writer.Line($"block.Count += Values(whole, block.Reserve(whole.Length + {name("Lanes")}.Slack));");
                break;
            default:
                WriteParts();
                break;
        }
    }

    /// <summary>The rest of the loop takes the results in parts that stay in the nearest cache.</summary>
    private void WriteParts()
    {
        var (buffer, element, results) = vector.End == VectorEnd.Values ? ("values", vector.ValueType, "Values") : ("selected", "int", "Select");
        var lanes = name("Lanes");
        writer.Line($"{name("Span")}<{element}> {buffer} = stackalloc {element}[{lanes}.PartLength + {lanes}.Slack];");
        writer.Open($"for (var start = 0; start < whole.Length && !output.IsFull; start += {lanes}.PartLength)");
        writer.Line($"var part = {lanes}.Part(whole, start);");
        writer.Line(vector.End == VectorEnd.Values
            ? $"var source = new {vector.SourceName}({buffer}[..{results}(part, {buffer})]);"
            : $"var source = new {name(loop.ReadsByReference ? "SelectedReferences" : "SelectedRecords")}<{loop.In}>(part, {buffer}[..{results}(part, {buffer})]);");
        writeBinding("RunRest(ref source, ref sink);");
        writer.Close();
        writer.Line();
    }

    private (string Return, string Name, string Parameters, string Arguments) Method => vector.End switch
    {
        VectorEnd.Count => ("int", "Count", Records, "records"),
        VectorEnd.Fold => ("void", "Fold", $"{Records}, {name("ReduceOutput")}<{loop.Out}> reduction", "records, reduction"),
        VectorEnd.Values => ("int", "Values", $"{Records}, {name("Span")}<{vector.ValueType}> values", "records, values"),
        _ => ("int", "Select", $"{Records}, {name("Span")}<int> selected", "records, selected"),
    };

    private string Modifiers => vector.End == VectorEnd.Fold && loop.EndFunctions[0].Kind != FunctionKind.Static ? "private" : "private static";

    private void WriteChoice()
    {
        var (result, method, parameters, arguments) = Method;
        writer.Open($"{Modifiers} {result} {method}({parameters})");
        var narrowest = Widths.Last();
        foreach (var width in Widths)
        {
            var call = $"{(result == "void" ? "" : "return ")}{method}{width}({arguments});";
            if (width == narrowest)
            {
                writer.Line(call);
                continue;
            }

            writer.Open($"if ({name("Vector" + width)}.IsHardwareAccelerated)");
            writer.Line(call);
            if (result == "void")
            {
                writer.Line("return;");
            }

            writer.Close();
            writer.Line();
        }

        writer.Close();
    }

    private void WriteWidth(int width)
    {
        var lanes = new LaneText(width, vector.IsWide, name);
        var body = new SourceWriter();
        new VectorBodyWriter(body, lanes, vector, name).Write();
        var (result, method, parameters, _) = Method;
        // Compiled for good at once: vectors in code that is not optimised yet are slower by orders of magnitude.
        writer.Line($"[{name("MethodImpl")}({name("MethodImplOptions")}.AggressiveOptimization)]");
        writer.Open($"{Modifiers} {result} {method}{width}({parameters})");
        foreach (var declaration in lanes.Declarations)
        {
            writer.Line(declaration);
        }

        WriteStart(lanes);
        writer.Open($"for (var index = 0; index < records.Length; index += {lanes.Lanes})");
        foreach (var line in body.ToString().TrimEnd('\n').Split('\n'))
        {
            writer.Line(line);
        }

        writer.Close();
        writer.Line();
        WriteFinish(lanes);
        writer.Close();
    }

    private void WriteStart(LaneText lanes)
    {
        if (vector.End != VectorEnd.Fold)
        {
            writer.Line("var count = 0;");
            return;
        }

        var type = vector.Value!.Type;
        writer.Line($"var fold = {lanes.Constant(type, FoldText.Identity(vector.Fold!.Value, type))};");
        if (vector.HasFilter)
        {
            writer.Line($"var any = {lanes.Constant(vector.KeptType, LaneText.Zero(vector.KeptType))};");
        }
    }

    private void WriteFinish(LaneText lanes)
    {
        if (vector.End != VectorEnd.Fold)
        {
            writer.Line("return count;");
            return;
        }

        writer.Open(vector.HasFilter ? $"if (any != {lanes.Constant(vector.KeptType, LaneText.Zero(vector.KeptType))})" : "if (records.Length > 0)");
        var fold = $"{name("LaneFolds")}.{vector.Fold}(fold)";
        writer.Line($"var value = {(FoldText.Keyword(vector.Value!.Type) == vector.ValueType ? fold : $"unchecked(({vector.ValueType}){fold})")};");
        var joined = Calls.Of(loop.EndFunctions[0], "reduction.Value", "value");
        writer.Line($"reduction.Value = reduction.HasValue ? {joined} : value;");
        writer.Line("reduction.HasValue = true;");
        writer.Close();
    }
}
