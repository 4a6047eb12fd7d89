using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse.Codecs;

/// <summary>
/// The codecs of the user's own: a type names its codec by an attribute, and the assembly names those of types that are not the user's. Lives for one parse only.
/// </summary>
internal sealed class NamedCodecs(Compilation compilation, TypeNames types)
{
    private readonly INamedTypeSymbol? _attribute = compilation.GetTypeByMetadataName("CodegenStreaming.Codecs.RecordCodecAttribute");
    private readonly INamedTypeSymbol? _codec = compilation.GetTypeByMetadataName("CodegenStreaming.Codecs.ICodec`1");
    private IReadOnlyList<ITypeSymbol?>? _ofAssembly;

    /// <summary>The codec that is named for a type; null where none is.</summary>
    /// <param name="type">The type.</param>
    /// <param name="problem">Why what is named can't be used; null where it can, or where nothing is named.</param>
    public ITypeSymbol? Find(ITypeSymbol type, out string? problem)
    {
        var own = Named(type.OriginalDefinition.GetAttributes());
        List<ITypeSymbol?> named = [.. own, .. _ofAssembly ??= Named(compilation.Assembly.GetAttributes())];
        var found = named.Find(codec => SymbolEqualityComparer.Default.Equals(Written(codec), type));
        var wrong = named.FindIndex(codec => Written(codec) is null);
        problem = wrong >= 0 ? $"[RecordCodec] names {named[wrong]?.Name ?? "nothing"}, which is no structure that implements ICodec<T> by public members"
            : found is not null ? types.WhyNot(found) is { } reason ? $"its codec can't be used: {reason}" : null
            : own.Count > 0 ? $"[RecordCodec] names {own[0]!.Name}, which is no ICodec<{type.Name}>"
            : null;
        return found;
    }

    private List<ITypeSymbol?> Named(IEnumerable<AttributeData> attributes) =>
    [
        .. attributes.Where(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _attribute))
            .Select(attribute => attribute.ConstructorArguments is [{ Value: ITypeSymbol codec }] ? codec : null),
    ];

    /// <summary>The type that a codec writes; null where it is no codec that generated code could call.</summary>
    private ITypeSymbol? Written(ITypeSymbol? codec) =>
        codec is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsUnboundGenericType: false }
            ? codec.AllInterfaces.FirstOrDefault(part => SymbolEqualityComparer.Default.Equals(part.OriginalDefinition, _codec) && IsPublic(codec, part))?.TypeArguments[0]
            : null;

    private static bool IsPublic(ITypeSymbol codec, INamedTypeSymbol part) =>
        part.GetMembers().Where(member => member.IsAbstract)
            .All(member => codec.FindImplementationForInterfaceMember(member) is { DeclaredAccessibility: Accessibility.Public });
}
