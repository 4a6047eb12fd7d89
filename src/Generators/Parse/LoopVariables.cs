using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Names for the variables of one loop: the parameter names of the user's own functions where they are free.</summary>
internal sealed class LoopVariables
{
    private readonly NamePool _names = new();
    private readonly List<(OperatorCall Call, List<FunctionModel> Functions)> _stages;
    private readonly string[] _after;
    private readonly string[] _items;

    public LoopVariables(IEnumerable<FunctionModel> functions, List<(OperatorCall Call, List<FunctionModel> Functions)> stages, OperatorCall last, LoopEnd end)
    {
        _stages = stages;
        foreach (var reserved in new[] { "input", "output", "source", "sink", "records", "pipeline", "done" })
        {
            _names.Reserve(reserved);
        }

        foreach (var function in functions)
        {
            _names.ReserveText(function.Callee);
            _names.ReserveText(function.Cast);
        }

        Input = _names.Take(Wanted(0, last, end));
        _after = new string[stages.Count];
        _items = new string[stages.Count];
        for (var index = 0; index < stages.Count; index++)
        {
            var kind = stages[index].Call.Kind;
            _items[index] = kind == OperatorKind.FlatMapValues ? _names.Take("value") : "";
            var isRead = index + 1 < stages.Count || last.Kind == OperatorKind.SortBy; // A sort reads it twice.
            var isUsed = kind != OperatorKind.Filter && (isRead || kind is OperatorKind.FlatMap or OperatorKind.MapPartitions);
            _after[index] = isUsed ? _names.Take(Wanted(index + 1, last, end)) : "";
        }
    }

    /// <summary>A record that the loop reads.</summary>
    public string Input { get; }

    /// <summary>The result of a stage; empty where it needs no variable.</summary>
    public string After(int stage) => _after[stage];

    /// <summary>An element of a flat-mapped value.</summary>
    public string Item(int stage) => _items[stage];

    /// <summary>What the reader of a record calls it.</summary>
    private string Wanted(int stage, OperatorCall last, LoopEnd end)
    {
        if (stage < _stages.Count)
        {
            var (call, functions) = _stages[stage];
            return call.Kind switch
            {
                OperatorKind.MapValues or OperatorKind.FlatMapValues or OperatorKind.Keys or OperatorKind.Values => "pair",
                OperatorKind.MapPartitions or OperatorKind.Glom => "record",
                _ => Usable(functions is [var function] && function.Parameters.Count > 0 ? function.Parameters[0] : null),
            };
        }

        return end == LoopEnd.Combine && last.Kind is not (OperatorKind.CountByValue or OperatorKind.Distinct) ? "pair" : "record";
    }

    private static string Usable(string? name) => name is null || name.Trim('_').Length == 0 || !char.IsLetter(name[0]) ? "record" : name;
}
