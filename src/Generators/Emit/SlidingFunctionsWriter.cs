using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Writes the struct that calls the functions of a window by key that slides, and how the loop before it gives them away.</summary>
internal static class SlidingFunctionsWriter
{
    public static void WriteMember(SourceWriter writer, SlidingModel sliding, Func<string, string> name)
    {
        var taker = $"{name("SlidingFunctionsTaker")}<{sliding.Key}, {sliding.Value}>";
        writer.Line();
        writer.Line($"public override void GiveFunction({name("FunctionTaker")} taker) => (({taker})taker).Take(new {sliding.Name}({(sliding.NeedsPipeline ? "pipeline" : "")}));");
    }

    public static void WriteStruct(SourceWriter writer, SlidingModel sliding, string pipelineType, Func<string, string> name)
    {
        var (key, value) = (sliding.Key, sliding.Value);
        writer.Line();
        writer.Open($"private readonly struct {sliding.Name}{(sliding.NeedsPipeline ? $"({pipelineType} pipeline)" : "")} : {name("ISlidingFunctions")}<{key}, {value}>");
        writer.Line($"public bool HasFilter => {(sliding.Filter is null ? "false" : "true")};");
        writer.Line();
        writer.Line($"public {value} Add({value} left, {value} right) => {Calls.Of(sliding.Add, "left", "right")};");
        writer.Line();
        writer.Line($"public {value} Remove({value} whole, {value} part) => {Calls.Of(sliding.Remove, "whole", "part")};");
        writer.Line();
        writer.Line($"public bool Keeps({key} key, {value} value) => {(sliding.Filter is { } filter ? Calls.Of(filter, "(key, value)") : "true")};");
        writer.Close();
    }
}
