using System.Globalization;
using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit.Vectors;

/// <summary>Writes what a vectorised loop does with one vector of records.</summary>
internal sealed class VectorBodyWriter(SourceWriter body, LaneText lanes, VectorModel vector, Func<string, string> name)
{
    /// <summary>
    /// So much work is worth a branch that skips it where no record of a vector has passed: not foreseen, it costs fifteen cycles or so.
    /// </summary>
    private const int MuchWork = 16;

    public void Write()
    {
        if (vector.Statements.Any(statement => statement.Kind == VectorStatementKind.LoadField))
        {
            body.Line($"var batch = records.Slice(index, {lanes.Lanes});");
        }

        var hasKept = false;
        for (var index = 0; index < vector.Statements.Count; index++)
        {
            var statement = vector.Statements[index];
            switch (statement.Kind)
            {
                case VectorStatementKind.Load:
                    body.Line($"var {statement.Name} = {lanes.LanesClass}.Load{lanes.Lanes}(records, index);");
                    break;
                case VectorStatementKind.LoadField:
                    WriteField(statement);
                    break;
                case VectorStatementKind.Let:
                    body.Line($"var {statement.Name} = {lanes.Of(statement.Expression!)};");
                    break;
                default:
                    body.Line($"{(hasKept ? "kept &=" : "var kept =")} {lanes.MaskAs(lanes.Of(statement.Expression!), statement.Type, vector.KeptType)};");
                    hasKept = true;
                    if (WorkBehind(index) >= MuchWork)
                    {
                        body.Open($"if (kept == {lanes.Constant(vector.KeptType, LaneText.Zero(vector.KeptType))})");
                        body.Line("continue;");
                        body.Close();
                        body.Line();
                    }

                    break;
            }
        }

        WriteEnd();
    }

    /// <summary>What is computed between a condition and the next one, or the end.</summary>
    private int WorkBehind(int condition)
    {
        var following = vector.Statements.Skip(condition + 1).TakeWhile(statement => statement.Kind != VectorStatementKind.Keep).ToList();
        var isLast = condition + following.Count + 1 == vector.Statements.Count;
        return following.Sum(statement => statement.Kind == VectorStatementKind.LoadField ? lanes.Lanes : statement.Expression?.Work ?? 1)
            + (isLast ? vector.Value?.Work ?? 0 : 0);
    }

    private void WriteField(VectorStatement statement)
    {
        const int perLine = 4;
        var count = Math.Max(lanes.Lanes, statement.Type.IsWide() ? 2 : 4);
        var fields = Enumerable.Range(0, count)
            .Select(lane => lane < lanes.Lanes ? string.Format(CultureInfo.InvariantCulture, statement.Access, $"batch[{lane}]") : LaneText.Zero(statement.Type))
            .ToList();
        body.Line($"var {statement.Name} = {lanes.Class(statement.Type)}.Create(");
        for (var first = 0; first < fields.Count; first += perLine)
        {
            var isLast = first + perLine >= fields.Count;
            body.Continued(string.Join(", ", fields.Skip(first).Take(perLine)) + (isLast ? ");" : ","));
        }
    }

    private void WriteEnd()
    {
        switch (vector.End)
        {
            case VectorEnd.Count:
                body.Line(vector.HasFilter ? $"count += {name("BitOperations")}.PopCount({lanes.Class(vector.KeptType)}.ExtractMostSignificantBits(kept));" : $"count += {lanes.Lanes};");
                break;
            case VectorEnd.Selection:
                body.Line($"count += {name("Lanes")}.Select({lanes.MaskAs("kept", vector.KeptType, LaneType.Mask32)}, index, selected[count..]);");
                break;
            case VectorEnd.Values when vector.HasFilter:
                body.Line($"count += {name("Lanes")}.Compress({lanes.Of(vector.Value!)}, {Kept}, values[count..]);");
                break;
            case VectorEnd.Values:
                body.Line($"{name("Lanes")}.Store({lanes.Of(vector.Value!)}, values[count..]);");
                body.Line($"count += {lanes.Lanes};");
                break;
            default:
                WriteFold();
                break;
        }
    }

    /// <summary>The mask in the form that goes with the value.</summary>
    private string Kept => lanes.MaskFor(lanes.MaskAs("kept", vector.KeptType, LaneTypes.MaskOf(vector.Value!.Type)), vector.Value.Type);

    private void WriteFold()
    {
        var type = vector.Value!.Type;
        var fold = vector.Fold!.Value;
        var value = lanes.Of(vector.Value);
        if (vector.HasFilter)
        {
            value = fold is LaneFold.Sum or LaneFold.Or or LaneFold.Xor
                ? $"{(vector.Value.IsSimple ? value : $"({value})")} & {Kept}"
                : $"{lanes.Class(type)}.ConditionalSelect({Kept}, {value}, {lanes.Constant(type, FoldText.Identity(fold, type))})";
            body.Line("any |= kept;");
        }

        body.Line(fold switch
        {
            LaneFold.Sum => $"fold += {value};",
            LaneFold.Product => $"fold *= {value};",
            LaneFold.And => $"fold &= {value};",
            LaneFold.Or => $"fold |= {value};",
            LaneFold.Xor => $"fold ^= {value};",
            _ => $"fold = {lanes.Class(type)}.{fold}(fold, {value});",
        });
    }
}
