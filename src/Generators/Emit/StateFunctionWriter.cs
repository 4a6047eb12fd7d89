using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Writes the struct that calls the function of an operator with a state, and how the loop gives it away.</summary>
internal static class StateFunctionWriter
{
    public static void WriteMembers(SourceWriter writer, LoopModel loop, StateModel state, Func<string, string> name)
    {
        if (loop.Stages.Count == 0)
        {
            writer.Line();
            writer.Line("public override bool HoldsFunctionOnly => true;");
        }

        var taker = $"{name(state.IsMapping ? "MappingFunctionTaker" : "StateFunctionTaker")}<{string.Join(", ", state.TypeArguments)}>";
        writer.Line();
        writer.Line($"public override void GiveFunction({name("FunctionTaker")} taker) => (({taker})taker).Take(new {state.Name}({(NeedsPipeline(state) ? "pipeline" : "")}));");
    }

    public static void WriteStruct(SourceWriter writer, StateModel state, string pipelineType, Func<string, string> name)
    {
        var parameters = NeedsPipeline(state) ? $"({pipelineType} pipeline)" : "";
        var (key, values, before) = (state.TypeArguments[0], state.Parameters[0], state.Parameters[1]);
        var types = string.Join(", ", state.TypeArguments);
        writer.Line();
        if (!state.IsMapping)
        {
            writer.Open($"private readonly struct {state.Name}{parameters} : {name("IStateFunction")}<{types}>");
            var call = state.IsTimed ? Calls.Of(state.Function, "time", "key", "values", "state") : Calls.Of(state.Function, "values", "state");
            writer.Line($"public {before} Update({state.TimeType} time, {key} key, {values} values, {before} state) => {call};");
            writer.Close();
            return;
        }

        writer.Open($"private readonly struct {state.Name}{parameters} : {name("IMappingFunction")}<{types}>");
        writer.Open($"public bool TryMap({state.TimeType} time, {key} key, {values} value, {before} state, out {state.TypeArguments[3]} mapped)");
        if (state.IsTimed)
        {
            writer.Line($"var result = {Calls.Of(state.Function, "time", "key", "value", "state")};");
            writer.Line("mapped = result.GetValueOrDefault();");
            writer.Line("return result.HasValue;");
        }
        else
        {
            writer.Line($"mapped = {Calls.Of(state.Function, "key", "value", "state")};");
            writer.Line("return true;");
        }

        writer.Close();
        writer.Close();
    }

    private static bool NeedsPipeline(StateModel state) => state.Function.Kind == FunctionKind.Instance;
}
