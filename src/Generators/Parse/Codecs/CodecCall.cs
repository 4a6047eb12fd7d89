using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Codecs;

/// <summary>A call that stores values of a type as bytes, or reads such. Lives for one parse only.</summary>
internal sealed class CodecCall(InvocationExpressionSyntax syntax, IMethodSymbol method, ITypeSymbol record, bool mustHaveOne)
{
    /// <summary>The name at the call, for locations.</summary>
    public SyntaxNode NameSyntax => CallFinder.NameSyntax(syntax);

    public string MethodName => method.Name;

    /// <summary>The type of what is stored: records, or a part of what is kept by key.</summary>
    public ITypeSymbol Record => record;

    /// <summary>Whether the call is wrong where the type has no codec. Otherwise it may do without, and the runtime says so where it does not.</summary>
    public bool MustHaveOne => mustHaveOne;

    /// <summary>The calls of a class that need a codec, in source order: not those to which the user gives one.</summary>
    public static IEnumerable<CodecCall> Find(IEnumerable<ClassPart> parts, KnownTypes known, CancellationToken cancellation) =>
        from part in parts
        from syntax in CallFinder.Calls(part.Declaration, CodecTable.MayStore)
        where part.Model.GetOperation(syntax, cancellation) is IInvocationOperation
        let operation = (IInvocationOperation)part.Model.GetOperation(syntax, cancellation)!
        where known.FindOperator(operation.TargetMethod) is not null
        let need = CodecTable.Of(operation)
        where need != CodecNeed.None
        from record in StoredTypes(operation, known).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default)
        select new CodecCall(syntax, operation.TargetMethod, record, need == CodecNeed.Must);

    private static IEnumerable<ITypeSymbol> StoredTypes(IInvocationOperation call, KnownTypes known)
    {
        if (CodecTable.IsAggregation(call.TargetMethod.Name))
        {
            return EntryTypes(call, known);
        }

        var kept = CodecTable.Kept(call.TargetMethod).ToList();
        if (kept.Count > 0)
        {
            return kept.Where(type => BuiltInCodecs.Simple(type) is null); // Those the runtime has by itself.
        }

        var source = call.Instance?.Type ?? call.TargetMethod.Parameters.FirstOrDefault()?.Type;
        return (known.RecordType(source) ?? known.RecordType(call.TargetMethod.ReturnType)) is { } record ? [record] : [];
    }

    /// <summary>What a table of an aggregation holds, as far as the runtime does not know how to write it by itself.</summary>
    private static IEnumerable<ITypeSymbol> EntryTypes(IInvocationOperation call, KnownTypes known)
    {
        var record = known.RecordType(call.TargetMethod.ReturnType);
        var types = record is null ? []
            : record is INamedTypeSymbol { IsTupleType: true } pair && call.TargetMethod.Name != "Distinct" ? pair.TypeArguments
            : [record];
        return types.Where(type => !type.IsUnmanagedType && BuiltInCodecs.Simple(type) is null);
    }
}
