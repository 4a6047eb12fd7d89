using CodegenStreaming.Generators.Emit.Vectors;
using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Writes the class of one loop.</summary>
internal sealed class LoopWriter(SourceWriter writer, LoopModel loop, string pipelineType, Func<string, string> name)
{
    private readonly StageWriter _stages = new(writer, loop, name);

    private string OutputParameter => $"{name("RecordOutput")}<{loop.Out}> output";

    /// <summary>The functions that the loop gets as delegates, in their order.</summary>
    public static IEnumerable<FunctionModel> Delegates(LoopModel loop) =>
        loop.Stages.Select(stage => stage.Function).Concat(loop.EndFunctions).OfType<FunctionModel>()
            .Where(function => function.Kind == FunctionKind.Delegate)
            .OrderBy(function => function.DelegateIndex);

    public void Write(string fileName)
    {
        writer.Line($"// {fileName}:");
        foreach (var call in loop.Chain)
        {
            writer.Line($"//     .{call}");
        }

        var parameters = new List<string>();
        if (loop.NeedsPipeline)
        {
            parameters.Add($"{pipelineType} pipeline");
        }

        parameters.AddRange(Delegates(loop).Select(function => $"{function.DelegateType} {function.Callee}"));
        var header = $"private sealed class {loop.Name}{(parameters.Count == 0 ? "" : $"({string.Join(", ", parameters)})")}";
        writer.Open($"{header} : {name(loop.ReadsPartition ? "PartitionLoop" : "FusedLoop")}<{loop.In}, {loop.Out}>");
        if (loop.ReadsPartition)
        {
            WritePartition();
        }
        else
        {
            WriteRun("Run", loop.In, loop.ReadsByReference, _stages.PushVariable, _stages.WritePush);
            writer.Line();
            WriteExecute();
            if (loop.Vector is { } vector)
            {
                WriteVectorised(vector);
            }
        }

        if (loop.End is LoopEnd.Open or LoopEnd.Pull)
        {
            writer.Line();
            writer.Open($"public override {name("IEnumerable")}<{loop.Out}> Pull({name("IEnumerable")}<{loop.In}> records)");
            _stages.WritePull();
            writer.Close();
        }

        if (loop.Combine is { } combine)
        {
            writer.Line();
            writer.Line($"public override {name("RecordOutput")}<{loop.Out}> CreateOutput() => new {CombinerWriter.Table(combine, name)}(new {combine.CombinerName}({CombinerWriter.Arguments(loop)}));");
        }

        if (loop.State is { } state)
        {
            StateFunctionWriter.WriteMembers(writer, loop, state, name);
        }

        if (loop.Sliding is { } window)
        {
            SlidingFunctionsWriter.WriteMember(writer, window, name);
        }

        writer.Close();
        CombinerWriter.WriteEnds(writer, loop, pipelineType, name);
        if (loop.State is { } function)
        {
            StateFunctionWriter.WriteStruct(writer, function, pipelineType, name);
        }

        if (loop.Sliding is { } sliding)
        {
            SlidingFunctionsWriter.WriteStruct(writer, sliding, pipelineType, name);
        }
    }

    private void WriteVectorised(VectorModel vector)
    {
        var vectors = new VectorWriter(writer, loop, vector, name, WriteBinding);
        writer.Line();
        vectors.Write();
        if (vectors.HasRest)
        {
            var variable = loop.Stages.Take(vector.End == VectorEnd.Values ? vector.Stages : 0).Select(stage => stage.Result).LastOrDefault(result => result.Length > 0);
            writer.Line();
            WriteRun("RunRest", vectors.RestInput, loop.ReadsByReference && vector.End == VectorEnd.Selection, variable ?? loop.InVariable, () => _stages.WriteRest(vector, variable ?? loop.InVariable));
        }
    }

    private void WriteRun(string method, string input, bool byReference, string variable, Action writeStages)
    {
        writer.Line($"private void {method}<TSource, TSink>(scoped ref TSource source, scoped ref TSink sink)");
        writer.Continued($"where TSource : struct, {name(byReference ? "IReferenceSource" : "IRecordSource")}<{input}>, allows ref struct");
        writer.Continued($"where TSink : struct, {name("IRecordSink")}<{loop.Out}>");
        writer.Open();
        writer.Line("var input = source;");
        writer.Line("var output = sink;");
        if (byReference)
        {
            writer.Open("while (input.MoveNext())");
            writer.Line($"ref readonly var {variable} = ref input.Current;");
        }
        else
        {
            writer.Open($"while (input.TryRead(out var {variable}))");
        }

        writeStages();
        writer.Close();
        writer.Line();
        if (_stages.CanBeFull)
        {
            writer.Label("done");
        }

        if (method == "Run" || loop.ReducesFirstApart)
        {
            writer.Line("source = input;");
        }

        writer.Line("sink = output;");
        writer.Close();
    }

    private void WriteExecute()
    {
        var records = $"{name("ReadOnlySpan")}<{loop.In}> records";
        if (loop.TextHead is { } head)
        {
            TextHeadWriter.WriteExecute(writer, loop, head, OutputParameter, name);
            WriteExecuteOverSource();
            return;
        }

        if (!loop.ReadsText)
        {
            writer.Open($"public override void Execute({records}, {OutputParameter})");
            writer.Line($"var source = new {loop.SourceName}(records);");
            WriteBinding("Run(ref source, ref sink);");
            writer.Close();
            return;
        }

        writer.Open($"public override void Execute({records}, {OutputParameter})");
        writer.Line($"var source = new {loop.SourceName}(records);");
        writer.Line("Execute(ref source, output);");
        writer.Close();
        writer.Line();
        writer.Line($"public override void ExecuteText({name("Utf8Lines")} lines, {OutputParameter}) => Execute(ref lines, output);");
        writer.Line();
        WriteExecuteOverSource();
    }

    /// <summary>A loop over text has two sources: the lines of a block, and records that lie anywhere.</summary>
    private void WriteExecuteOverSource()
    {
        writer.Line($"private void Execute<TSource>(scoped ref TSource source, {OutputParameter})");
        writer.Continued($"where TSource : struct, {name("IRecordSource")}<{loop.In}>, allows ref struct");
        writer.Open();
        WriteBinding("Run(ref source, ref sink);");
        writer.Close();
    }

    private void WritePartition()
    {
        var records = $"{name("IEnumerable")}<{loop.In}> records";
        writer.Open($"public override void Execute({records}, {OutputParameter})");
        WriteBinding("Run(records, ref sink);");
        writer.Close();
        writer.Line();
        writer.Line($"private void Run<TSink>({records}, scoped ref TSink sink)");
        writer.Continued($"where TSink : struct, {name("IRecordSink")}<{loop.Out}>");
        writer.Open();
        writer.Line("var output = sink;");
        _stages.WritePartitionPush();
        if (_stages.CanBeFull)
        {
            writer.Label("done");
        }

        writer.Line("sink = output;");
        writer.Close();
    }

    /// <summary>Gives the loop its end: the one made for the task's output.</summary>
    private void WriteBinding(string run)
    {
        switch (loop.End)
        {
            case LoopEnd.Open or LoopEnd.Pull:
                writer.Open($"if (output is {name("BlockOutput")}<{loop.Out}> block)");
                writer.Line($"var sink = new {loop.SinkName}(block);");
                writer.Line(run);
                writer.Line("sink.Flush();");
                writer.Close();
                writer.Open("else");
                writer.Line($"var sink = new {loop.OtherSinkName}(output);");
                writer.Line(run);
                writer.Close();
                break;
            case LoopEnd.Combine:
                writer.Line($"var sink = new {loop.SinkName}(({CombinerWriter.Table(loop.Combine!, name)})output);");
                writer.Line(run);
                break;
            case LoopEnd.Take:
                writer.Line($"var sink = new {loop.SinkName}(({name("TakeOutput")}<{loop.Out}>)output);");
                writer.Line(run);
                break;
            case LoopEnd.ForEach:
                writer.Line($"var sink = new {loop.SinkName}({CombinerWriter.Arguments(loop)});");
                writer.Line(run);
                break;
            case LoopEnd.Reduce when loop.ReducesFirstApart:
                writer.Line($"var reduction = ({name("ReduceOutput")}<{loop.Out}>)output;");
                writer.Open("if (!reduction.HasValue)");
                writer.Line($"var first = new {loop.OtherSinkName}(reduction);");
                writer.Line(run.Replace("ref sink", "ref first"));
                writer.Close();
                writer.Line();
                writer.Open("if (reduction.HasValue)");
                WriteFold("reduction", run);
                writer.Close();
                break;
            case LoopEnd.Count:
                writer.Line($"var count = ({name("CountOutput")}<{loop.Out}>)output;");
                writer.Line($"var sink = new {loop.SinkName}(count.Count);");
                writer.Line(run);
                writer.Line("sink.Flush(count);");
                break;
            case LoopEnd.Aggregate:
                writer.Line($"var aggregate = ({name("AggregateOutput")}<{loop.Out}, {loop.Aggregated}>)output;");
                WriteFold("aggregate", run);
                break;
            case LoopEnd.Reduce:
                writer.Line($"var reduction = ({name("ReduceOutput")}<{loop.Out}>)output;");
                WriteFold("reduction", run);
                break;
            default:
                writer.Line($"var sink = new {loop.SinkName}(({name("BlockOutput")}<{loop.Out}>)output);");
                writer.Line(run);
                writer.Line("sink.Flush();");
                break;
        }
    }

    /// <summary>Runs the loop with a fold's end, which gives its value back when it is done.</summary>
    private void WriteFold(string output, string run)
    {
        var functions = CombinerWriter.Arguments(loop);
        writer.Line($"var sink = new {loop.SinkName}({output}{(functions.Length > 0 ? ", " + functions : "")});");
        writer.Line(run);
        writer.Line($"sink.Flush({output});");
    }
}
