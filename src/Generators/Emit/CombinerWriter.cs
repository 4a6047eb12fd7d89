using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Writes the struct ends that hold a user's functions: combinations by key, folds, actions.</summary>
internal static class CombinerWriter
{
    public static string Table(CombineModel combine, Func<string, string> name) =>
        $"{name("CombineTable")}<{combine.Key}, {KeyText.ImageType(combine.KeyModel, name)}, {combine.Value}, {combine.Combined}, {combine.CombinerName}>";

    /// <summary>What an end needs to call its functions: the pipeline instance, delegates.</summary>
    public static string Arguments(LoopModel loop) => string.Join(", ", Needs(loop, "").Select(need => need.Name));

    public static void WriteEnds(SourceWriter writer, LoopModel loop, string pipelineType, Func<string, string> name)
    {
        var needs = Needs(loop, pipelineType).Select(need => $"{need.Type} {need.Name}").ToList();
        switch (loop.End)
        {
            case LoopEnd.Combine:
                writer.Line();
                WriteCombiner(writer, loop, loop.Combine!, needs, name);
                writer.Line();
                WriteCombineSink(writer, loop, loop.Combine!, name);
                break;
            case LoopEnd.Reduce:
                writer.Line();
                WriteReduceSink(writer, loop, needs, name);
                break;
            case LoopEnd.Aggregate:
                writer.Line();
                WriteAggregateSink(writer, loop, needs, name);
                break;
            case LoopEnd.ForEach:
                writer.Line();
                writer.Open($"private struct {loop.SinkName}({string.Join(", ", needs)}) : {name("IRecordSink")}<{loop.Out}>");
                writer.Line("public readonly bool IsFull => false;");
                writer.Line();
                writer.Line($"public readonly void Write({loop.Out} record) => {Calls.Of(loop.EndFunctions[0], "record")};");
                writer.Close();
                break;
        }
    }

    private static IEnumerable<(string Type, string Name)> Needs(LoopModel loop, string pipelineType)
    {
        if (loop.EndFunctions.Any(function => function.Kind == FunctionKind.Instance))
        {
            yield return (pipelineType, "pipeline");
        }

        foreach (var function in loop.EndFunctions.Where(function => function.Kind == FunctionKind.Delegate))
        {
            yield return (function.DelegateType, function.Callee);
        }
    }

    private static void WriteCombiner(SourceWriter writer, LoopModel loop, CombineModel combine, List<string> needs, Func<string, string> name)
    {
        var (key, value, combined) = (combine.Key, combine.Value, combine.Combined);
        var image = KeyText.ImageType(combine.KeyModel, name);
        var functions = loop.EndFunctions;
        var (create, add, merge) = combine.Kind switch
        {
            CombineKind.Reduce => ("value", Calls.Of(functions[0], "combined", "value"), Calls.Of(functions[0], "left", "right")),
            CombineKind.Combine => (Calls.Of(functions[0], "value"), Calls.Of(functions[1], "combined", "value"), Calls.Of(functions[2], "left", "right")),
            CombineKind.Distinct => ("value", "combined", "left"),
            _ => ("value", "combined + value", "left + right"),
        };

        var parameters = needs.Count == 0 ? "" : $"({string.Join(", ", needs)})";
        writer.Open($"private struct {combine.CombinerName}{parameters} : {name("ICombiner")}<{key}, {image}, {value}, {combined}>");
        if (combine.Kind == CombineKind.Distinct)
        {
            writer.Line("public static bool KeepsFirst => true;");
            writer.Line();
        }

        writer.Line($"public readonly {image} ImageOf({key} key) => {KeyText.Image(combine.KeyModel, "key", name)};");
        writer.Line();
        var equal = KeyText.Equal(combine.KeyModel, "left", "right", name);
        writer.Line($"public readonly bool AreEqual(in {key} left, {image} leftImage, {key} right, {image} rightImage) => {equal};");
        writer.Line();
        writer.Line($"public readonly {combined} Create({value} value) => {create};");
        writer.Line();
        writer.Line($"public readonly {combined} Add({combined} combined, {value} value) => {add};");
        writer.Line();
        writer.Line($"public readonly {combined} Merge({combined} left, {combined} right) => {merge};");
        writer.Close();
    }

    private static void WriteCombineSink(SourceWriter writer, LoopModel loop, CombineModel combine, Func<string, string> name)
    {
        writer.Open($"private struct {loop.SinkName}({Table(combine, name)} table) : {name("IRecordSink")}<{loop.Out}>");
        writer.Line("public readonly bool IsFull => false;");
        writer.Line();
        writer.Line($"public readonly void Write({loop.Out} record) => table.Add(record.Item1, record.Item2);");
        writer.Close();
    }

    /// <summary>
    /// The fold's end does not keep the output: a reference in it would be written back behind the loop by a call, and across a call no register holds a
    /// floating-point number, so the fold would go through memory.
    /// </summary>
    private static void WriteReduceSink(SourceWriter writer, LoopModel loop, List<string> needs, Func<string, string> name)
    {
        var output = $"{name("ReduceOutput")}<{loop.Out}> output";
        var parameters = string.Join(", ", needs.Prepend(output));
        writer.Open($"private struct {loop.SinkName}({parameters}) : {name("IRecordSink")}<{loop.Out}>");
        if (!loop.ReducesFirstApart)
        {
            writer.Line("private bool _hasValue = output.HasValue;");
        }

        writer.Line($"private {loop.Out} _value = output.Value!;");
        writer.Line();
        writer.Line("public readonly bool IsFull => false;");
        writer.Line();
        var fold = Calls.Of(loop.EndFunctions[0], "_value", "record");
        if (loop.ReducesFirstApart)
        {
            writer.Open($"public void Write({loop.Out} record)");
            WriteFold(writer, fold);
            writer.Close();
            writer.Line();
            writer.Line($"public readonly void Flush({output}) => output.Value = _value;");
            writer.Close();
            return;
        }

        writer.Open($"public void Write({loop.Out} record)");
        // A conditional expression would keep the struct's address on the stack across a branch, and the struct out of registers.
        writer.Open("if (_hasValue)");
        WriteFold(writer, fold);
        writer.Close();
        writer.Open("else");
        writer.Line("_value = record;");
        writer.Line("_hasValue = true;");
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Open($"public readonly void Flush({output})");
        writer.Line("output.HasValue = _hasValue;");
        writer.Line("output.Value = _value;");
        writer.Close();
        writer.Close();
    }

    /// <summary>Without the output, like the reduction's end. A sum has no function of the user's, and must fit.</summary>
    private static void WriteAggregateSink(SourceWriter writer, LoopModel loop, List<string> needs, Func<string, string> name)
    {
        var output = $"{name("AggregateOutput")}<{loop.Out}, {loop.Aggregated}> output";
        writer.Open($"private struct {loop.SinkName}({string.Join(", ", needs.Prepend(output))}) : {name("IRecordSink")}<{loop.Out}>");
        writer.Line($"private {loop.Aggregated} _value = output.Value;");
        writer.Line();
        writer.Line("public readonly bool IsFull => false;");
        writer.Line();
        writer.Open($"public void Write({loop.Out} record)");
        WriteFold(writer, loop.EndFunctions.Count > 0 ? Calls.Of(loop.EndFunctions[0], "_value", "record") : "checked(_value + record)");
        writer.Close();
        writer.Line();
        writer.Line($"public readonly void Flush({output}) => output.Value = _value;");
        writer.Close();
    }

    /// <summary>Through a local for the same reason: a function that branches, such as a maximum, would else do it.</summary>
    private static void WriteFold(SourceWriter writer, string fold)
    {
        writer.Line($"var value = {fold};");
        writer.Line("_value = value;");
    }
}
