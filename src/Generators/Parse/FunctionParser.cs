using CodegenStreaming.Generators.Incremental;
using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Decides how a loop calls a user's function: a method made of the lambda, the method of a method group, or the delegate.</summary>
internal sealed class FunctionParser(ClassParse parse)
{
    public FunctionModel Parse(OperatorCall call, IArgumentOperation argument, int delegateIndex)
    {
        var part = call.Part;
        var type = (INamedTypeSymbol)argument.Parameter!.Type;
        var invoke = type.DelegateInvokeMethod!;
        var delegateType = part.Types.Of(type);
        var reason = "it is neither a lambda nor a method group";
        string[] parameters = [.. invoke.Parameters.Select(parameter => parameter.Name)];
        if (argument.Value is IDelegateCreationOperation creation && SymbolEqualityComparer.Default.Equals(creation.Type, type))
        {
            if (creation.Target is IAnonymousFunctionOperation function)
            {
                parameters = [.. function.Symbol.Parameters.Select(parameter => parameter.Name)];
                if (TryInline(call, argument, function, out reason) is var (name, isStatic))
                {
                    return new(isStatic ? FunctionKind.Static : FunctionKind.Instance, name, delegateType, delegateIndex, "", default, new(parameters));
                }
            }
            else if (creation.Target is IMethodReferenceOperation reference)
            {
                parameters = [.. reference.Method.Parameters.Select(parameter => parameter.Name)];
                if (TryCallDirectly(part, reference, invoke, out reason) is var (callee, kind, cast, argumentCasts))
                {
                    return new(kind, callee, delegateType, delegateIndex, cast, argumentCasts, new(parameters));
                }
            }
        }

        parse.ThroughDelegate++;
        parse.Diagnostics.Add(DiagnosticSnapshot.Of(Rules.ThroughDelegate, argument.Value.Syntax, call.Method.Name, reason!));
        var variable = char.ToLowerInvariant(call.Method.Name[0]) + FunctionName(call, argument).Substring(1);
        return new(FunctionKind.Delegate, parse.Names.Take(variable), delegateType, delegateIndex, "", default, new(parameters));
    }

    /// <summary>The operator and the site number, and the parameter's name where the operator has several functions.</summary>
    private static string FunctionName(OperatorCall call, IArgumentOperation argument)
    {
        var name = call.Method.Name + call.Number;
        var parameter = argument.Parameter!.Name;
        return call.Functions.Count == 1 && call.Functions[0] == argument ? name : name + char.ToUpperInvariant(parameter[0]) + parameter.Substring(1);
    }

    private (string Name, bool IsStatic)? TryInline(OperatorCall call, IArgumentOperation argument, IAnonymousFunctionOperation function, out string? reason)
    {
        var part = call.Part;
        var syntax = (AnonymousFunctionExpressionSyntax)function.Syntax;
        var analysis = LambdaAnalysis.Of(function, part.Model, parse.Type, parse.Cancellation);
        reason = analysis.Reason;
        if (reason is null && analysis.UsesInstance && !parse.IsPipeline)
        {
            reason = "it uses an instance, and a class of operators has none when the plan is made";
        }

        if (reason is null && analysis.UsesInstance && SharedClosure.HidesTheInstance(syntax, part.Model, parse.CallsDefine))
        {
            reason = "it uses an instance, and a captured local of its method hides which one";
        }

        var signature = function.Symbol.Parameters.Select(parameter => parameter.Type)
            .Concat(function.Symbol.ReturnsVoid ? [] : [function.Symbol.ReturnType])
            .Concat(analysis.Constants.Select(constant => constant.Type));
        reason ??= signature.Select(part.Types.WhyNot).FirstOrDefault(why => why is not null);
        if (reason is not null)
        {
            return null;
        }

        var returnType = function.Symbol.ReturnsVoid ? "void" : part.Types.WithElementNames(ReturnType(call, function, syntax));
        var name = parse.Names.Take(FunctionName(call, argument));
        var isStatic = !analysis.UsesInstance;
        part.Methods.Add(new MethodModel(
            name,
            SiteText.Of(call),
            isStatic,
            LambdaAnalysis.IsUnsafe(syntax),
            LambdaAnalysis.Overflow(syntax),
            returnType,
            new(Parameters(function, part, syntax)),
            new(analysis.Constants.Select(constant => $"const {part.Types.Of(constant.Type)} {Escape(constant.Name)} = {ConstantText.Of(constant, part.Types)};")),
            syntax.Block is not null,
            syntax.Body.ToString(),
            name));
        parse.AddBody(name, syntax.Body);
        return (name, isStatic);
    }

    private ITypeSymbol ReturnType(OperatorCall call, IAnonymousFunctionOperation function, AnonymousFunctionExpressionSyntax syntax)
    {
        var declared = function.Symbol.ReturnType;
        return call.Kind is OperatorKind.FlatMap or OperatorKind.FlatMapValues
            && declared is INamedTypeSymbol { TypeArguments: [var element] }
            && NaturalType.Of(syntax, call.Part.Model, element, parse.Cancellation) is { } natural
            && call.Part.Types.WhyNot(natural) is null
                ? natural
                : declared;
    }

    /// <summary>Two parameters named <c>_</c> are discards in a lambda and an error in a method.</summary>
    private static IEnumerable<ParameterModel> Parameters(IAnonymousFunctionOperation function, ClassPart part, AnonymousFunctionExpressionSyntax syntax)
    {
        var symbols = function.Symbol.Parameters;
        var discards = symbols.Count(parameter => parameter.Name == "_") > 1 || syntax is AnonymousMethodExpressionSyntax { ParameterList: null };
        return symbols.Select((parameter, index) => new ParameterModel(
            part.Types.WithElementNames(parameter.Type),
            discards && parameter.Name is "_" or "" ? $"_{index}" : discards && syntax is AnonymousMethodExpressionSyntax ? $"_{index}" : Escape(parameter.Name))
        {
            IsByReference = LargeRecords.IsLarge(parameter.Type) && LargeRecords.IsOnlyRead(function, parameter),
        });
    }

    private (string Callee, FunctionKind Kind, string Cast, EquatableArray<string> ArgumentCasts)? TryCallDirectly(ClassPart part, IMethodReferenceOperation reference, IMethodSymbol invoke, out string? reason)
    {
        var method = reference.Method;
        var onThis = reference.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Syntax: not BaseExpressionSyntax };
        reason = method switch
        {
            { MethodKind: MethodKind.LocalFunction } => "it is a local function",
            { IsAsync: true } => "it is async",
            { IsExtensionMethod: true } when reference.Instance is not null || method.ReducedFrom is not null => "it is an extension method bound to a value",
            { IsStatic: false } when !onThis => "it is a method of another object",
            { IsStatic: false } when !parse.IsPipeline => "it uses an instance, and a class of operators has none when the plan is made",
            { IsVararg: true } => "it takes a variable number of arguments",
            _ when method.ContainingType is ITypeParameterSymbol || method.IsAbstract && method.IsStatic => "it is a static member of a type parameter",
            _ when method.Parameters.Length != invoke.Parameters.Length || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None) => "its parameters are others",
            { IsStatic: false } when IsHidden(method) => "a method of the same name is nearer",
            _ => part.Types.WhyNot(method.ContainingType) ?? method.Parameters.Select(parameter => part.Types.WhyNot(parameter.Type)).FirstOrDefault(why => why is not null) ?? method.TypeArguments.Select(part.Types.WhyNot).FirstOrDefault(why => why is not null),
        };
        if (reason is not null)
        {
            return null;
        }

        var name = Escape(method.Name);
        var typeArguments = method.TypeArguments.Length == 0 ? "" : $"<{string.Join(", ", method.TypeArguments.Select(part.Types.Of))}>";
        var cast = invoke.ReturnsVoid || SymbolEqualityComparer.Default.Equals(method.ReturnType, invoke.ReturnType) ? "" : part.Types.Of(invoke.ReturnType);
        var argumentCasts = new EquatableArray<string>(method.Parameters.Select((parameter, index) =>
            SymbolEqualityComparer.Default.Equals(parameter.Type, invoke.Parameters[index].Type) ? "" : part.Types.Of(parameter.Type)));
        return method.IsStatic
            ? ($"{part.Types.Of(method.ContainingType)}.{name}{typeArguments}", FunctionKind.Static, cast, argumentCasts)
            : ($"{name}{typeArguments}", FunctionKind.Instance, cast, argumentCasts);
    }

    /// <summary>A call would look at the derived class's methods first; the conversion of the method group did not take them.</summary>
    private bool IsHidden(IMethodSymbol method)
    {
        for (var type = parse.Type; type is not null && !SymbolEqualityComparer.Default.Equals(type, method.ContainingType); type = type.BaseType)
        {
            if (type.GetMembers(method.Name).Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string Escape(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;
}
