using CodegenStreaming.Generators.Incremental;
using CodegenStreaming.Generators.Model;
using CodegenStreaming.Generators.Parse.Codecs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Parses an annotated class: calls, chains, runs, functions. What comes out is data.</summary>
internal static class ClassParser
{
    public static ParsedClass? Parse(GeneratorAttributeSyntaxContext context, bool isPipeline, CancellationToken cancellation)
    {
        if (context.TargetSymbol is not INamedTypeSymbol { TypeKind: TypeKind.Class } type
            || context.TargetNode is not TypeDeclarationSyntax annotated
            || (!isPipeline && HasAttribute(type, KnownTypes.PipelineAttribute))
            || KnownTypes.Find(context.SemanticModel.Compilation) is not { } known)
        {
            return null;
        }

        var metadataName = MetadataName(type);
        var parse = new ClassParse(type, known, $"{type.ContainingAssembly.Name}/{metadataName}", isPipeline, cancellation);
        var declarations = type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>()
            .OrderBy(declaration => declaration.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(declaration => declaration.SpanStart).ToList();
        if (!declarations.All(declaration => ClassRules.CheckPartial(type, declaration, parse.Diagnostics))
            || (isPipeline && !ClassRules.CheckDefine(type, annotated, known, parse.Diagnostics)))
        {
            return new ParsedClass(null, null, default, new(parse.Diagnostics));
        }

        parse.Names.ReserveMembers(type);
        foreach (var declaration in declarations)
        {
            parse.Names.ReserveAll(declaration);
        }

        var parts = new List<ClassPart>();
        foreach (var declaration in declarations)
        {
            parts.Add(new ClassPart(declaration, known.Compilation.GetSemanticModel(declaration.SyntaxTree), type, parse.Names.Take("StreamingLoops")));
        }

        var calls = CallFinder.Find(parts, known, cancellation);
        var sites = calls.ConvertAll(call => SiteParser.Parse(call, parse));
        Refusals.Check(calls, parse);
        ChainFinder.Link(calls, cancellation);
        foreach (var call in calls)
        {
            ReserveTypes(call, parse.Names);
        }

        var prefix = ScopeParser.CodecPrefix(parts[0], known.Compilation);
        var codecs = new CodecParser(parse, parts[0].Types, prefix).Parse(CodecCall.Find(parts, known, cancellation));
        var runs = RunFinder.Find(calls).ToList();
        var loops = new LoopParser(parse);
        for (var number = 0; number < runs.Count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            loops.Parse(runs[number], number);
        }

        parse.Diagnostics.Add(DiagnosticSnapshot.Of(
            Rules.Summary, annotated.Identifier.GetLocation(), type.Name, Text(calls.Count), Text(runs.Count), Text(runs.Sum(run => run.Count)),
            Text(calls.Count(call => call.Refusal is not null)), Text(parse.ThroughDelegate)));

        var hint = HintName.Of(type, metadataName);
        var access = CanBeNamed(type) ? $"global::{FullName(type)}.{parts[0].Container}.Table" : "";
        return new ParsedClass(
            new PipelineModel(parse.Key, type.Name, hint, isPipeline, parts[0].Types.Of(type), new(parts.Select(part => PartOf(part, known, usesCodecs: part == parts[0] && codecs is { Prefix: "" }))), codecs),
            new SitesModel(parse.Key, type.Name, hint, access, new(sites)),
            new(parse.Bodies),
            new(parse.Diagnostics));
    }

    private static PartModel PartOf(ClassPart part, KnownTypes known, bool usesCodecs)
    {
        var (names, usings) = ScopeParser.Names(part, known.Compilation);
        if (usesCodecs)
        {
            usings.Insert(0, ScopeParser.CodecUsing);
        }

        return new PartModel(
            Path.GetFileName(part.Declaration.SyntaxTree.FilePath),
            new(ScopeParser.Scopes(part.Declaration, Used(part, usings))),
            part.Container,
            new(names),
            new(part.Methods),
            new(part.Loops),
            new(part.Ends));
    }

    /// <summary>The aliases that the part's code needs.</summary>
    private static List<string> Used(ClassPart part, List<string> usings) =>
        usings.FindAll(directive =>
            (!directive.Contains("MethodImpl") || part.Methods.Count > 0)
            && (!directive.Contains("Utf8Lines") || part.Loops.Exists(loop => loop.ReadsText))
            && (!directive.Contains("System.Runtime.Intrinsics") || part.Loops.Exists(loop => loop.Vector is not null))
            && (!directive.Contains("BitOperations") || part.Loops.Exists(loop => loop.Vector is { End: VectorEnd.Count, HasFilter: true }))
            && (!directive.Contains("Enumerable") || part.Loops.Exists(loop => loop.Stages.Any(stage => stage.Kind == StageKind.Glom))));

    /// <summary>Generated types must not hide the user's, which loops name.</summary>
    private static void ReserveTypes(OperatorCall call, NamePool names)
    {
        names.ReserveText(call.Part.Types.Of(call.Input));
        foreach (var type in call.Method.TypeArguments)
        {
            names.ReserveText(call.Part.Types.Of(type));
        }
    }

    private static bool HasAttribute(INamedTypeSymbol type, string name) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == name);

    private static bool CanBeNamed(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal || current.IsGenericType
                || current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                return false;
            }
        }

        return true;
    }

    private static string FullName(INamedTypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));

    private static string MetadataName(INamedTypeSymbol type)
    {
        var name = type.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = $"{outer.MetadataName}+{name}";
        }

        return type.ContainingNamespace.IsGlobalNamespace ? name : $"{type.ContainingNamespace.ToDisplayString()}.{name}";
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
