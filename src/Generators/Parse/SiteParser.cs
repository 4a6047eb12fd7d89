using CodegenStreaming.Generators.Incremental;
using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Describes a call for its interceptor.</summary>
internal static class SiteParser
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat;

    public static SiteModel Parse(OperatorCall call, ClassParse parse)
    {
        var location = call.Part.Model.GetInterceptableLocation(call.Syntax, parse.Cancellation);
        if (location is null)
        {
            call.Refusal = "the compiler cannot intercept a call of this form";
        }

        var line = call.NameSyntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        return new SiteModel(
            call.Number,
            call.Method.Name,
            location is null ? "" : $"{location.Version}, \"{location.Data}\"",
            parse.PathOf(call.Syntax.SyntaxTree),
            line,
            SiteText.Arguments(call.Syntax),
            Shape((call.Method.ReducedFrom ?? call.Method).OriginalDefinition, call.Output is null || OperatorTable.StoresRecords(call.Method, isStream: false)));
    }

    private static InterceptorModel Shape(IMethodSymbol method, bool makesNoStream)
    {
        var parameters = method.IsStatic ? method.Parameters.Skip(1) : method.Parameters;
        return new InterceptorModel(
            method.ReturnType.ToDisplayString(Format),
            (method.IsStatic ? method.Parameters[0].Type : method.ContainingType).ToDisplayString(Format),
            method.IsStatic ? method.Parameters[0].Name : "source",
            new(method.ContainingType.TypeParameters.Concat(method.TypeParameters).Select(parameter => parameter.Name)),
            new(parameters.Select(parameter => new ParameterModel(parameter.Type.ToDisplayString(Format), parameter.Name))),
            method.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", method.TypeParameters.Select(parameter => parameter.Name))}>",
            makesNoStream && (method.IsStatic ? method.Parameters[0].Type : method.ContainingType).Name == "Rdd");
    }
}
