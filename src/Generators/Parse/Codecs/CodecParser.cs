using CodegenStreaming.Generators.Incremental;
using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse.Codecs;

/// <summary>Finds how the records are written that calls of a class store: the runtime's codecs put together, and one for each type of the user's.</summary>
internal sealed class CodecParser(ClassParse parse, TypeNames types, string prefix)
{
    /// <summary>A namespace whose types have no codec by their members: what they mean is not what they hold.</summary>
    private static readonly string[] NotTheUsers = ["System", "Microsoft"];

    private readonly NamedCodecs _named = new(parse.Known.Compilation, types);
    private readonly Dictionary<ITypeSymbol, string> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> _open = new(SymbolEqualityComparer.Default);
    private readonly List<(ITypeSymbol Type, CodecModel Codec)> _written = [];

    /// <summary>The codecs of what all calls store that need one; null where none does.</summary>
    public CodecsModel? Parse(IEnumerable<CodecCall> calls)
    {
        var entries = new List<CodecEntryModel>();
        ReserveCodecs();
        foreach (var call in calls)
        {
            _open.Clear();
            var before = _written.Count;
            try
            {
                var codec = CodecOf(call.Record, "");
                var type = types.Of(call.Record);
                if (!entries.Exists(entry => entry.Type == type))
                {
                    entries.Add(new CodecEntryModel(type, codec));
                }
            }
            catch (NoCodecException reason)
            {
                Forget(before);
                if (reason.Message.Length > 0 && call.MustHaveOne)
                {
                    parse.Diagnostics.Add(DiagnosticSnapshot.Of(
                        Rules.NoCodec, call.NameSyntax, call.MethodName, call.Record.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), reason.Message));
                }
            }
        }

        return entries.Count == 0 ? null : new CodecsModel(prefix, new(entries), new(_written.Select(written => written.Codec)));
    }

    /// <summary>The codec of a type of the user's that is named like one of the system's must not hide the runtime's.</summary>
    private void ReserveCodecs()
    {
        foreach (var codec in parse.Known.Compilation.GetTypeByMetadataName("CodegenStreaming.Codecs.RecordCodec")?.ContainingNamespace.GetTypeMembers() ?? [])
        {
            parse.Names.Reserve(codec.Name);
        }
    }

    /// <summary>Leaves out the codecs of members of a type that has none itself.</summary>
    private void Forget(int before)
    {
        foreach (var (type, _) in _written.Skip(before))
        {
            _known.Remove(type);
        }

        _written.RemoveRange(before, _written.Count - before);
    }

    /// <summary>The codec of a type, as a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">The members that lead to it, for messages; empty for the record itself.</param>
    private string CodecOf(ITypeSymbol type, string path)
    {
        if (BuiltInCodecs.Simple(type) is { } simple)
        {
            return prefix + simple;
        }

        if (types.WhyNot(type) is { } reason)
        {
            // A type parameter is anything: what it stands for is seen when the program runs.
            throw TypeNames.MentionsMethodParameter(type) ? new NoCodecException("") : NoCodec(path, type, reason);
        }

        if (_named.Find(type, out var problem) is { } own && problem is null)
        {
            parse.Names.ReserveText(types.Of(own));
            return types.Of(own);
        }

        if (problem is not null)
        {
            throw NoCodec(path, type, problem);
        }

        switch (type)
        {
            case ITypeParameterSymbol:
                throw new NoCodecException("");
            case IArrayTypeSymbol { Rank: 1 } array:
                return Composed("ArrayCodec", path + "[]", array.ElementType);
            case INamedTypeSymbol { TypeKind: TypeKind.Enum or TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsRefLikeType: false } named:
                return CodecOf(named, path);
            default:
                throw NoCodec(path, type, "no codec is written for such a type");
        }
    }

    private string CodecOf(INamedTypeSymbol type, string path)
    {
        if (BuiltInCodecs.Generic(type) is { } generic)
        {
            return generic == BuiltInCodecs.Sequence
                ? $"{prefix}{generic}<{types.Of(type)}, {Arguments(path + "[]", type.TypeArguments[0])}>"
                : Composed(generic, generic == BuiltInCodecs.Tuple ? path + "." : path, [.. type.TypeArguments]);
        }

        var plain = type.WithNullableAnnotation(NullableAnnotation.None);
        if (_known.TryGetValue(plain, out var known))
        {
            return known;
        }

        if (type.TypeKind == TypeKind.Interface || (type.IsAbstract && type.TypeKind == TypeKind.Class))
        {
            throw NoCodec(path, type, $"{(type.TypeKind == TypeKind.Interface ? "an interface" : "an abstract class")} does not say what is to be stored");
        }

        if (NotTheUsers.Contains(Root(type)) && type.TypeKind != TypeKind.Enum)
        {
            throw NoCodec(path, type, "there is no codec for this type of the system's");
        }

        if (!_open.Add(plain))
        {
            throw NoCodec(path, type, "it contains itself, and so deep as a record may then be no reader can follow");
        }

        var codec = type.TypeKind == TypeKind.Enum ? EnumerationOf(type) : RecordOf(type, path);
        _open.Remove(plain);
        _written.Add((plain, codec));
        return _known[plain] = type.IsReferenceType ? $"{prefix}ObjectCodec<{codec.Type}, {codec.Name}>" : codec.Name;
    }

    private CodecModel RecordOf(INamedTypeSymbol type, string path)
    {
        parse.Names.ReserveText(types.Of(type));
        var shape = RecordShape.Of(type, parse.Known.Compilation, parse.Type);
        if (shape.Problem is { } problem)
        {
            throw new NoCodecException(path.Length == 0 ? problem : $"the type {type.Name} of its member {path}: {problem}");
        }

        var members = shape.Members.Select(member => new CodecMemberModel(
            member.Symbol.Name, Escape(member.Symbol.Name), CodecOf(member.Type, path.Length == 0 ? member.Symbol.Name : $"{path}.{member.Symbol.Name}"))).ToList();
        return new CodecModel(NameOf(type), types.Of(type), FullName(type), new(members), shape.Parameters, null);
    }

    private CodecModel EnumerationOf(INamedTypeSymbol type)
    {
        parse.Names.ReserveText(types.Of(type));
        var number = type.EnumUnderlyingType!;
        var members = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue)
            .Select(field => new EnumerationMemberModel(field.Name, field.ConstantValue is ulong large ? unchecked((long)large) : Convert.ToInt64(field.ConstantValue, null)));
        return new CodecModel(
            NameOf(type), types.Of(type), FullName(type), default, 0, new EnumerationModel(number.Name, types.Of(number), new(members)));
    }

    private string Composed(string codec, string path, params ITypeSymbol[] arguments) => $"{prefix}{codec}<{Arguments(path, arguments)}>";

    /// <summary>Each type with its codec.</summary>
    private string Arguments(string path, params ITypeSymbol[] arguments) =>
        string.Join(", ", arguments.Select((argument, index) =>
            $"{types.Of(argument)}, {CodecOf(argument, path.EndsWith(".", StringComparison.Ordinal) ? $"{path.TrimStart('.')}Item{index + 1}" : path)}"));

    private string NameOf(INamedTypeSymbol type)
    {
        var name = type.Name + "Codec";
        if (types.IsSeen(name))
        {
            parse.Names.Reserve(name); // A codec of the user's own, say, which must not be hidden from the others.
        }

        return parse.Names.Take(name);
    }

    /// <summary>The name that is stored with the data.</summary>
    private static string FullName(INamedTypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));

    private static string Root(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name ?? "";
    }

    private static NoCodecException NoCodec(string path, ITypeSymbol type, string reason)
    {
        var name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return new NoCodecException(path.Length == 0 ? reason : $"its member {path} has the type {name}: {reason}");
    }

    private static string Escape(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;

    /// <summary>Why a type has no codec; nothing to say where the runtime may still find one. It never leaves the parser.</summary>
    private sealed class NoCodecException(string message) : Exception(message);
}
