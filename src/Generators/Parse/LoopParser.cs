using CodegenStreaming.Generators.Model;
using CodegenStreaming.Generators.Parse.Vectors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Makes a loop of a run of calls.</summary>
internal sealed class LoopParser(ClassParse parse)
{
    private readonly FunctionParser _functions = new(parse);

    public void Parse(List<OperatorCall> run, int number)
    {
        var part = run[0].Part;
        var (first, last) = (run[0], run[run.Count - 1]);
        var end = EndOf(last.Kind);
        var output = OutputOf(last);
        var functions = Functions(run);
        var narrow = end == LoopEnd.Open ? run : run.Take(run.Count - 1).ToList();
        var variables = new LoopVariables(functions.SelectMany(pair => pair.Value), narrow.Select(call => (call, functions[call])).ToList(), last, end);
        var stages = new List<StageModel>();
        for (var index = 0; index < narrow.Count; index++)
        {
            var call = narrow[index];
            stages.Add(new StageModel(StageOf(call.Kind), functions[call].FirstOrDefault(), variables.After(index), variables.Item(index)));
        }

        if (ImpliedStage(last, functions[last]) is { } implied)
        {
            stages.Add(implied);
        }

        var state = functions[last] is [{ Kind: not FunctionKind.Delegate } function] && last.HasStateFunction ? State(last, function, number) : null;
        var sliding = end == LoopEnd.Combine && last.FunctionsBehindLoop.Count > 0 ? Sliding(last, functions[last][0], number) : null;
        var endFunctions = end is LoopEnd.Open or LoopEnd.Pull or LoopEnd.Block ? [] : functions[last];
        var (input, text) = (part.Types.Of(first.Input), part.Types.Of(output));
        var ends = new EndNames(part, parse.Names);
        var readsPartition = OperatorTable.ReadsPartition(first.Kind);
        var head = TextHeadParser.Parse(first, parse.Known);
        var isLarge = !readsPartition && LargeRecords.IsLarge(first.Input);
        if (head is { ReplacesStage: true } && end is not (LoopEnd.Open or LoopEnd.Pull))
        {
            // Only a pull form would call it.
            part.Methods.RemoveAll(method => method.Name == functions[first][0].Callee);
        }

        part.Loops.Add(new LoopModel(
            parse.Names.Take($"Loop{number}"),
            new(run.Select(SiteText.Of)),
            new(run.Select(call => call.Number)),
            input,
            text,
            !readsPartition && SymbolEqualityComparer.Default.Equals(first.Input, parse.Known.Text),
            sliding?.NeedsPipeline == true || functions.Values.SelectMany(list => list).Any(function => function.Kind == FunctionKind.Instance),
            variables.Input,
            new(stages),
            end,
            new(endFunctions),
            readsPartition || head is not null ? "" : ends.Of(isLarge ? EndKind.ReferenceSource : EndKind.Source, first.Input, input),
            SinkName(end, ends, output, text, number),
            end switch
            {
                LoopEnd.Open or LoopEnd.Pull => ends.Of(EndKind.OutputSink, output, text),
                LoopEnd.Reduce when stages.TrueForAll(GivesAtMostOne) => ends.Of(EndKind.FirstSink, output, text),
                _ => "",
            },
            end == LoopEnd.Combine ? Combine(last, part, number) : null,
            VectorParser.Parse(narrow, stages, end, end == LoopEnd.Reduce ? FunctionOf(last) : null, first.Input, variables.Input, ends, part.Types))
        {
            TextHead = head,
            ReadsByReference = isLarge,
            State = state,
            Sliding = sliding,
            Aggregated = end == LoopEnd.Aggregate ? part.Types.Of(last.Method.ReturnType) : "",
        });
    }

    private static IOperation? FunctionOf(OperatorCall call) =>
        call.Functions is [{ Value: IDelegateCreationOperation creation }] ? creation.Target : null;

    /// <summary>The functions of each call; delegates are numbered through the run.</summary>
    private Dictionary<OperatorCall, List<FunctionModel>> Functions(List<OperatorCall> run)
    {
        var functions = new Dictionary<OperatorCall, List<FunctionModel>>();
        var index = 0;
        foreach (var call in run)
        {
            var own = functions[call] = [];
            if (call.Kind == OperatorKind.AggregateByKey)
            {
                own.Add(FirstOf(call, index++));
            }

            foreach (var argument in call.Functions)
            {
                // Others than the first of an aggregation are called on the driver.
                if (call.Kind != OperatorKind.ForEachPartition && (call.Kind != OperatorKind.KeepState || call.HasStateFunction) && (call.Kind != OperatorKind.Aggregate || own.Count == 0))
                {
                    own.Add(_functions.Parse(call, argument, index));
                }

                index++;
            }
        }

        return functions;
    }

    /// <summary>The function with which the runtime begins an aggregation by key: it knows the first value.</summary>
    private FunctionModel FirstOf(OperatorCall call, int index)
    {
        var type = parse.Known.Function!.Construct(call.Method.TypeArguments[1], call.Method.TypeArguments[2]);
        return new FunctionModel(FunctionKind.Delegate, parse.Names.Take($"aggregateByKey{call.Number}First"), call.Part.Types.Of(type), index, "", default, new(["value"]));
    }

    /// <summary>What the first half of a wide operator does with each record, as the last stage of the loop.</summary>
    private static StageModel? ImpliedStage(OperatorCall last, List<FunctionModel> functions) => last.Kind switch
    {
        OperatorKind.CountByValue => new StageModel(StageKind.PairWithOne, null, "", ""),
        OperatorKind.Distinct => new StageModel(StageKind.PairWithNothing, null, "", ""),
        OperatorKind.SortBy => new StageModel(StageKind.KeyBy, functions[0], "", ""),
        _ => null,
    };

    private ITypeSymbol OutputOf(OperatorCall last)
    {
        var compilation = parse.Known.Compilation;
        switch (last.Kind)
        {
            case OperatorKind.CountByValue:
                return compilation.CreateTupleTypeSymbol([last.Input, compilation.GetSpecialType(SpecialType.System_Int64)]);
            case OperatorKind.Distinct:
                return compilation.CreateTupleTypeSymbol([last.Input, compilation.GetSpecialType(SpecialType.System_Byte)]);
            case OperatorKind.SortBy:
                return compilation.CreateTupleTypeSymbol([last.Method.TypeArguments[0], last.Input]);
        }

        return OperatorTable.EndsLoop(last.Kind) ? last.Input : last.Output!;
    }

    private string SinkName(LoopEnd end, EndNames ends, ITypeSymbol output, string text, int number) => end switch
    {
        LoopEnd.Open or LoopEnd.Pull or LoopEnd.Block => ends.Of(EndKind.BlockSink, output, text),
        LoopEnd.Count => ends.Of(EndKind.CountSink, output, text),
        LoopEnd.Take => ends.Of(EndKind.TakeSink, output, text),
        LoopEnd.Combine => parse.Names.Take($"CombineSink{number}"),
        LoopEnd.Reduce => parse.Names.Take($"ReduceSink{number}"),
        LoopEnd.Aggregate => parse.Names.Take($"AggregateSink{number}"),
        LoopEnd.ForEach => parse.Names.Take($"ForeachSink{number}"),
        _ => "",
    };

    private CombineModel Combine(OperatorCall call, ClassPart part, int number)
    {
        var types = part.Types;
        var combiner = parse.Names.Take($"Combiner{number}");
        switch (call.Kind)
        {
            case OperatorKind.CountByValue:
                return new(KeyParser.Parse(call.Input, types, parse.Known), "long", "long", CombineKind.Count, combiner);
            case OperatorKind.Distinct:
                return new(KeyParser.Parse(call.Input, types, parse.Known), "byte", "byte", CombineKind.Distinct, combiner);
        }

        var pair = ((INamedTypeSymbol)call.Input).TypeArguments;
        var (key, value) = (KeyParser.Parse(pair[0], types, parse.Known), types.Of(pair[1]));
        return call.Kind == OperatorKind.ReduceByKey
            ? new(key, value, value, CombineKind.Reduce, combiner)
            : new(key, value, types.Of(call.Method.TypeArguments[2]), CombineKind.Combine, combiner);
    }

    /// <summary>The function of an operator with a state, as a struct that calls it.</summary>
    private StateModel State(OperatorCall call, FunctionModel function, int number)
    {
        var types = call.Part.Types;
        var pair = ((INamedTypeSymbol)call.Input).TypeArguments;
        var invoke = ((INamedTypeSymbol)call.Functions[0].Parameter!.Type).DelegateInvokeMethod!;
        var given = invoke.Parameters.Select(parameter => types.Of(parameter.Type)).ToList();
        var isMapping = call.Method.Name == "MapWithState";
        return new(
            parse.Names.Take($"StateFunction{number}"),
            function,
            isMapping,
            given.Count == 4,
            types.Of(parse.Known.Compilation.GetTypeByMetadataName("CodegenStreaming.BatchTime")!),
            new(call.Method.TypeArguments.Select(types.Of)),
            new(given.Skip(given.Count - 2)));
    }

    /// <summary>What slides a window, as a struct that calls it; null where one of the functions is called through its delegate.</summary>
    private SlidingModel? Sliding(OperatorCall call, FunctionModel add, int number)
    {
        var behind = call.FunctionsBehindLoop.Select(argument => _functions.Parse(call, argument, -1)).ToList();
        if (behind.Prepend(add).Any(function => function.Kind == FunctionKind.Delegate))
        {
            return null;
        }

        var pair = ((INamedTypeSymbol)call.Input).TypeArguments;
        return new(
            parse.Names.Take($"SlidingFunctions{number}"), call.Part.Types.Of(pair[0]), call.Part.Types.Of(pair[1]), add, behind[0], behind.Count > 1 ? behind[1] : null);
    }

    private static bool GivesAtMostOne(StageModel stage) =>
        stage.Kind is not (StageKind.FlatMap or StageKind.FlatMapValues or StageKind.MapPartitions or StageKind.Glom);

    private static LoopEnd EndOf(OperatorKind kind) => kind switch
    {
        OperatorKind.ReduceByKey or OperatorKind.CombineByKey or OperatorKind.AggregateByKey or OperatorKind.CountByValue or OperatorKind.Distinct => LoopEnd.Combine,
        OperatorKind.SortBy or OperatorKind.GroupByKey or OperatorKind.KeepState or OperatorKind.Repartition or OperatorKind.Collect or OperatorKind.ToLocalIterator => LoopEnd.Block,
        OperatorKind.Count => LoopEnd.Count,
        OperatorKind.Reduce => LoopEnd.Reduce,
        OperatorKind.Aggregate or OperatorKind.Sum => LoopEnd.Aggregate,
        OperatorKind.Take => LoopEnd.Take,
        OperatorKind.ForEach => LoopEnd.ForEach,
        OperatorKind.ForEachPartition => LoopEnd.Pull,
        _ => LoopEnd.Open,
    };

    private static StageKind StageOf(OperatorKind kind) => kind switch
    {
        OperatorKind.Map => StageKind.Map,
        OperatorKind.Filter => StageKind.Filter,
        OperatorKind.FlatMap => StageKind.FlatMap,
        OperatorKind.MapValues => StageKind.MapValues,
        OperatorKind.FlatMapValues => StageKind.FlatMapValues,
        OperatorKind.KeyBy => StageKind.KeyBy,
        OperatorKind.Keys => StageKind.Keys,
        OperatorKind.Values => StageKind.Values,
        OperatorKind.MapPartitions => StageKind.MapPartitions,
        _ => StageKind.Glom,
    };
}
