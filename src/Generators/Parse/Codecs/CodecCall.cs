using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Codecs;

/// <summary>A call that stores records as bytes, or reads such. Lives for one parse only.</summary>
internal sealed class CodecCall(InvocationExpressionSyntax syntax, IMethodSymbol method, ITypeSymbol record, bool mustHaveOne)
{
    /// <summary>The name at the call, for locations.</summary>
    public SyntaxNode NameSyntax => CallFinder.NameSyntax(syntax);

    public string MethodName => method.Name;

    /// <summary>The type of the records.</summary>
    public ITypeSymbol Record => record;

    /// <summary>Whether the call is wrong where its records have no codec. Otherwise it may do without, and the runtime says so where it does not.</summary>
    public bool MustHaveOne => mustHaveOne;

    /// <summary>The calls of a class that need a codec, in source order: not those to which the user gives one.</summary>
    public static IEnumerable<CodecCall> Find(IEnumerable<ClassPart> parts, KnownTypes known, CancellationToken cancellation) =>
        from part in parts
        from syntax in CallFinder.Calls(part.Declaration, CodecTable.MayStore)
        where part.Model.GetOperation(syntax, cancellation) is IInvocationOperation
        let operation = (IInvocationOperation)part.Model.GetOperation(syntax, cancellation)!
        where known.FindOperator(operation.TargetMethod) is not null
        let source = operation.Instance?.Type ?? operation.TargetMethod.Parameters.FirstOrDefault()?.Type
        let record = known.RecordType(source) ?? known.RecordType(operation.TargetMethod.ReturnType)
        let need = CodecTable.Of(operation)
        where record is not null && need != CodecNeed.None
        select new CodecCall(syntax, operation.TargetMethod, record, need == CodecNeed.Must);
}
