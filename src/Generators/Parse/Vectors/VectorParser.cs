using CodegenStreaming.Generators.Incremental;
using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Vectors;

/// <summary>
/// Finds the vectorised form of a loop: the operators at its beginning whose functions vectors compute exactly, and what is made of their results.
/// </summary>
internal sealed class VectorParser
{
    /// <summary>More than a processor does beside an addition that waits for the one before.</summary>
    private const int ManyOperations = 10;

    private readonly LaneParser _lanes;
    private readonly NamePool _names = new();
    private readonly List<VectorStatement> _statements = [];
    private readonly Dictionary<string, LaneExpression> _fields = [];

    /// <summary>How many of the statements belong to the operators that are covered so far.</summary>
    private int _covered;

    private VectorParser()
    {
        _lanes = new LaneParser(LoadField);
        foreach (var name in new[] { "records", "record", "index", "batch", "kept", "any", "fold", "count", "output", "reduction", "values", "selected", "whole", "part", "source", "sink", "first" })
        {
            _names.Reserve(name);
        }
    }

    /// <summary>The vectorised form; null where there is none, or where it would gain nothing.</summary>
    /// <param name="calls">The operators before the end.</param>
    /// <param name="stages">The same as the loop has them.</param>
    /// <param name="endFunction">The reduce function of a loop that ends in one.</param>
    /// <param name="record">The type of the records.</param>
    /// <param name="variable">A name for a record.</param>
    public static VectorModel? Parse(
        IReadOnlyList<OperatorCall> calls, IReadOnlyList<StageModel> stages, LoopEnd end, IOperation? endFunction, ITypeSymbol record, string variable, EndNames ends, TypeNames types) =>
        record is INamedTypeSymbol { IsUnmanagedType: true, IsRefLikeType: false } named && end is not (LoopEnd.Take or LoopEnd.Pull)
            ? new VectorParser().Parse(calls, stages, end, endFunction, named, variable, ends, types)
            : null;

    private VectorModel? Parse(
        IReadOnlyList<OperatorCall> calls, IReadOnlyList<StageModel> stages, LoopEnd end, IOperation? endFunction, INamedTypeSymbol record, string variable, EndNames ends, TypeNames types)
    {
        LaneValue value = Load(record, variable);
        (LaneValue.Scalar Value, int Stages, int Statements)? scalar = value is LaneValue.Scalar number ? (number, 0, _statements.Count) : null;
        var covered = 0;
        for (; covered < calls.Count && Next(calls[covered], stages[covered], value) is { } next; covered++)
        {
            value = Named(next, stages[covered].Result, covered + 1 < calls.Count || end != LoopEnd.Open);
            _covered = _statements.Count;
            if (value is LaneValue.Scalar result && IsStored(result.Type) && calls[covered].Output?.SpecialType == result.Type)
            {
                scalar = (result, covered + 1, _covered);
            }
        }

        _statements.RemoveRange(_covered, _statements.Count - _covered);
        var isWhole = covered == stages.Count;
        if (isWhole && end == LoopEnd.Count)
        {
            return Model(covered, VectorEnd.Count, null, "", null, "");
        }

        if (isWhole && end == LoopEnd.Reduce && endFunction is not null && value is LaneValue.Scalar folded && FoldShape.Of(endFunction) is { } fold)
        {
            return Model(covered, VectorEnd.Fold, folded.Expression, Text(folded.Type, types), fold, "");
        }

        if (scalar is var (stored, storedStages, storedStatements)
            && (stages.Take(storedStages).Any(IsFilter) || (storedStages == stages.Count && storedStages > 0 && GainsWithoutFilter(end))))
        {
            _statements.RemoveRange(storedStatements, _statements.Count - storedStatements);
            var type = types.Compilation.GetSpecialType(stored.Type);
            return Model(storedStages, VectorEnd.Values, stored.Expression, types.Of(type), null, ends.Of(EndKind.Source, type, types.Of(type)));
        }

        return stages.Take(covered).Any(IsFilter) ? Model(covered, VectorEnd.Selection, null, "", null, "") : null;
    }

    private static bool IsFilter(StageModel stage) => stage.Kind == StageKind.Filter;

    /// <summary>
    /// Without a filter a loop gains where its results are stored as they come. A fold that keeps its order waits for one addition after the other, and a
    /// plain loop computes the next value meanwhile, unless there is much to compute.
    /// </summary>
    private bool GainsWithoutFilter(LoopEnd end) =>
        end is LoopEnd.Open or LoopEnd.Block
        || (end == LoopEnd.Reduce && _statements.Sum(statement => statement.Expression is { } expression ? Operations(expression) : 0) >= ManyOperations);

    private static int Operations(LaneExpression expression) => (expression.IsSimple ? 0 : 1) + expression.Operands.Sum(Operations);

    private static bool IsStored(SpecialType type) => type is
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
        or SpecialType.System_Single or SpecialType.System_Double;

    private static string Text(SpecialType type, TypeNames types) => types.Of(types.Compilation.GetSpecialType(type));

    private VectorModel Model(int stages, VectorEnd end, LaneExpression? value, string valueType, LaneFold? fold, string sourceName)
    {
        if (value is null)
        {
            // Only the conditions count.
            var last = _statements.FindLastIndex(statement => statement.Kind == VectorStatementKind.Keep);
            _statements.RemoveRange(last + 1, _statements.Count - last - 1);
        }

        var isWide = (value is not null && HasWide(value)) || _statements.Any(statement => statement.Type.IsWide() || (statement.Expression is { } expression && HasWide(expression)));
        return new VectorModel(isWide, new(_statements), stages, end, value, valueType, fold, sourceName);
    }

    private static bool HasWide(LaneExpression expression) => expression.Type.IsWide() || expression.Operands.Any(HasWide);

    private LaneValue Load(INamedTypeSymbol record, string variable)
    {
        if (LaneOperations.TypeOf(record.SpecialType) is not { } type || type.IsMask())
        {
            return new LaneValue.InMemory("", record);
        }

        var name = _names.Take(variable);
        _statements.Add(new VectorStatement(VectorStatementKind.Load, name, null, "", type));
        _covered = _statements.Count;
        return new LaneValue.Scalar(LaneOperations.Variable(type, name), record.SpecialType);
    }

    /// <summary>A field is loaded once, before its first use.</summary>
    private LaneExpression LoadField(string access, ITypeSymbol type)
    {
        if (_fields.TryGetValue(access, out var known) && _statements.Exists(statement => statement.Name == known.Text))
        {
            return known;
        }

        var number = LaneParser.Underlying(type);
        var lanes = LaneOperations.TypeOf(number)!.Value;
        var read = number switch
        {
            SpecialType.System_Boolean => $"{{0}}{access} ? -1 : 0",
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
                or SpecialType.System_Single or SpecialType.System_Double when number == type.SpecialType => "{0}" + access,
            _ => $"({LaneText(lanes)}){{0}}{access}",
        };
        var simple = access.Substring(access.LastIndexOf('.') + 1);
        var name = _names.Take(char.ToLowerInvariant(simple[0]) + simple.Substring(1));
        _statements.Add(new VectorStatement(VectorStatementKind.LoadField, name, null, read, lanes));
        return _fields[access] = LaneOperations.Variable(lanes, name);
    }

    private static string LaneText(LaneType lanes) => lanes switch
    {
        LaneType.UInt32 => "uint",
        LaneType.Int64 => "long",
        LaneType.UInt64 => "ulong",
        LaneType.Single => "float",
        LaneType.Double => "double",
        _ => "int",
    };

    /// <summary>The record after an operator; null where the operator is not one for vectors.</summary>
    private LaneValue? Next(OperatorCall call, StageModel stage, LaneValue record)
    {
        if (stage.Kind is StageKind.Keys or StageKind.Values)
        {
            return Item(record, stage.Kind == StageKind.Keys ? "Item1" : "Item2");
        }

        if (stage.Function is not { Kind: FunctionKind.Static } || FunctionOf(call) is not { } function)
        {
            return null;
        }

        switch (stage.Kind)
        {
            case StageKind.Map:
                return _lanes.Apply(function, record);
            case StageKind.Filter when _lanes.Apply(function, record) is LaneValue.Scalar condition && condition.Expression.Type.IsMask():
                _statements.Add(new VectorStatement(VectorStatementKind.Keep, "", condition.Expression, "", condition.Expression.Type));
                return record;
            case StageKind.MapValues when Item(record, "Item1") is { } key && Item(record, "Item2") is { } value && _lanes.Apply(function, value) is { } mapped:
                return Pair(key, mapped);
            case StageKind.KeyBy when _lanes.Apply(function, record) is { } key:
                return Pair(key, record);
            default:
                return null;
        }
    }

    private static LaneValue.Composite Pair(LaneValue key, LaneValue value) => new(new Dictionary<string, LaneValue> { ["Item1"] = key, ["Item2"] = value });

    private LaneValue? Item(LaneValue pair, string item) => pair switch
    {
        LaneValue.Composite composite => composite.Members[item],
        LaneValue.InMemory memory when memory.Type.GetMembers(item).FirstOrDefault() is IFieldSymbol field => _lanes.Member(memory, field),
        _ => null,
    };

    private static IOperation? FunctionOf(OperatorCall call) =>
        call.Functions is [{ Value: IDelegateCreationOperation { Target: IAnonymousFunctionOperation or IMethodReferenceOperation } creation }] ? creation.Target : null;

    /// <summary>What is used further on gets a name, so that it is computed once.</summary>
    private LaneValue Named(LaneValue value, string name, bool isUsed)
    {
        switch (value)
        {
            case LaneValue.Scalar { Expression.IsSimple: false } scalar when isUsed:
                var variable = _names.Take(name.Length > 0 ? name : "value");
                _statements.Add(new VectorStatement(VectorStatementKind.Let, variable, scalar.Expression, "", scalar.Expression.Type));
                return scalar with { Expression = LaneOperations.Variable(scalar.Expression.Type, variable) };
            case LaneValue.Composite composite:
                return new LaneValue.Composite(composite.Members.ToDictionary(
                    member => member.Key, member => Named(member.Value, char.ToLowerInvariant(member.Key[0]) + member.Key.Substring(1), isUsed)));
            default:
                return value;
        }
    }
}
