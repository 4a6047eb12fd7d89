using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Writes what a loop does with each record: once for the push form, once for the pull form.</summary>
internal sealed class StageWriter(SourceWriter writer, LoopModel loop, Func<string, string> name)
{
    private bool _pulls;

    /// <summary>Filters before this stage have been applied already.</summary>
    private int _filtered;

    /// <summary>True where the loop may have to stop early.</summary>
    public bool CanBeFull => loop.End is LoopEnd.Open or LoopEnd.Pull or LoopEnd.Take || loop.ReducesFirstApart;

    /// <summary>What the push form's source gives: the records that the loop reads, or what the first operator makes of them.</summary>
    public string PushVariable => loop.TextHead is { ReplacesStage: true } && loop.Stages[0].Result is { Length: > 0 } result ? result : loop.InVariable;

    public void WritePush() => Write(loop.TextHead is { ReplacesStage: true } ? 1 : 0, PushVariable);

    /// <summary>The same for a loop that begins with an operator over the whole partition.</summary>
    public void WritePartitionPush() => Write(0, "records");

    public void WritePull()
    {
        _pulls = true;
        if (loop.ReadsPartition)
        {
            Write(0, "records");
        }
        else
        {
            writer.Open($"foreach (var {loop.InVariable} in records)");
            Write(0, loop.InVariable);
            writer.Close();
        }

        _pulls = false;
    }

    /// <summary>What is left of the loop behind its vectorised form.</summary>
    /// <param name="record">A name for what the vectorised form gives.</param>
    public void WriteRest(VectorModel vector, string record)
    {
        _filtered = vector.Stages;
        Write(vector.End == VectorEnd.Values ? vector.Stages : 0, record);
        _filtered = 0;
    }

    /// <summary>Writes a stage and all after it.</summary>
    /// <param name="index">The stage.</param>
    /// <param name="record">The record as an expression; a variable unless the loop ends here.</param>
    private void Write(int index, string record)
    {
        if (index == loop.Stages.Count)
        {
            WriteEnd(record);
            return;
        }

        var stage = loop.Stages[index];
        switch (stage.Kind)
        {
            case StageKind.Filter when index < _filtered:
                Write(index + 1, record);
                break;
            case StageKind.Filter:
                writer.Open($"if ({Calls.Of(stage.Function!, record)})");
                Write(index + 1, record);
                writer.Close();
                break;
            case StageKind.FlatMap or StageKind.MapPartitions:
                writer.Open($"foreach (var {stage.Result} in {Calls.Of(stage.Function!, record)})");
                Write(index + 1, stage.Result);
                writer.Close();
                break;
            case StageKind.FlatMapValues:
                writer.Open($"foreach (var {stage.Item} in {Calls.Of(stage.Function!, record + ".Item2")})");
                WriteResult(index, $"({record}.Item1, {stage.Item})");
                writer.Close();
                break;
            case StageKind.Glom:
                WriteResult(index, $"{name("Enumerable")}.ToArray({record})");
                break;
            case StageKind.Map:
                WriteResult(index, Calls.Of(stage.Function!, record));
                break;
            case StageKind.MapValues:
                WriteResult(index, $"({record}.Item1, {Calls.Of(stage.Function!, record + ".Item2")})");
                break;
            case StageKind.KeyBy:
                WriteResult(index, $"({Calls.Of(stage.Function!, record)}, {record})");
                break;
            case StageKind.Keys:
                WriteResult(index, $"{record}.Item1");
                break;
            case StageKind.Values:
                WriteResult(index, $"{record}.Item2");
                break;
            case StageKind.PairWithOne:
                Write(index + 1, $"({record}, 1L)");
                break;
            case StageKind.PairWithNothing:
                Write(index + 1, $"({record}, default(byte))");
                break;
        }
    }

    private void WriteResult(int index, string expression)
    {
        if (loop.Stages[index].Result is { Length: > 0 } variable)
        {
            writer.Line($"var {variable} = {expression};");
            expression = variable;
        }

        Write(index + 1, expression);
    }

    private void WriteEnd(string record)
    {
        if (_pulls)
        {
            writer.Line($"yield return {record};");
            return;
        }

        writer.Line($"output.Write({record});");
        if (CanBeFull)
        {
            writer.Open("if (output.IsFull)");
            writer.Line("goto done;");
            writer.Close();
        }
    }
}
