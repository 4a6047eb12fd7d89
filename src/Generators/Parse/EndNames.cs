using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse;

/// <summary>The struct ends of a part: one for each kind and record type, with readable names.</summary>
internal sealed class EndNames(ClassPart part, NamePool names)
{
    public string Of(EndKind kind, ITypeSymbol type, string text)
    {
        if (part.Ends.Find(end => end.Kind == kind && end.Type == text) is { } known)
        {
            return known.Name;
        }

        var end = new EndModel(kind, names.Take(Readable(type) + kind), text);
        part.Ends.Add(end);
        return end.Name;
    }

    private static string Readable(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Readable(array.ElementType) + "Array",
        INamedTypeSymbol { IsTupleType: true } tuple => string.Concat(tuple.TupleElements.Select(element => Readable(element.Type))),
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => $"{named.Name}Of{string.Concat(named.TypeArguments.Select(Readable))}",
        _ => type.Name,
    };
}
