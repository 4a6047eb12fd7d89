using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Vectors;

/// <summary>
/// Translates the bodies of record functions to operations on lanes. Null stands for what has no exact counterpart, what could throw, and what
/// could be noticed from outside: a vector computes both sides of a condition, and records that a filter drops.
/// </summary>
/// <param name="load">Declares the variable that holds a field of the records, by what follows a record to get at it and by its C# type.</param>
internal sealed class LaneParser(Func<string, ITypeSymbol, LaneExpression> load)
{
    private readonly Dictionary<ISymbol, LaneValue> _variables = new(SymbolEqualityComparer.Default);

    /// <summary>The result of a lambda or of one of the system's functions; null where it cannot be told.</summary>
    public LaneValue? Apply(IOperation function, params LaneValue[] arguments)
    {
        switch (function)
        {
            case IAnonymousFunctionOperation lambda:
                for (var index = 0; index < arguments.Length; index++)
                {
                    _variables[lambda.Symbol.Parameters[index]] = arguments[index];
                }

                return Body(lambda.Body);
            case IMethodReferenceOperation { Method.IsStatic: true } reference
                when arguments.Length == reference.Method.Parameters.Length && Scalars(arguments) is { } scalars && Matches(reference.Method, arguments):
                return Scalar(LaneFunctions.Call(reference.Method, scalars), reference.Method.ReturnType);
            default:
                return null;
        }
    }

    private LaneValue? Body(IBlockOperation body)
    {
        foreach (var statement in body.Operations)
        {
            switch (statement)
            {
                case IReturnOperation { ReturnedValue: { } result }:
                    return Value(result);
                case IVariableDeclarationGroupOperation group:
                    foreach (var declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    {
                        if (declarator.Initializer is null || Value(declarator.Initializer.Value) is not { } value)
                        {
                            return null;
                        }

                        _variables[declarator.Symbol] = value;
                    }

                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private LaneValue? Value(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true } constant && operation.Type is { } constantType)
        {
            return Scalar(LaneOperations.Constant(constant.Value, Underlying(constantType)), constantType);
        }

        return operation switch
        {
            IParameterReferenceOperation parameter => Variable(parameter.Parameter),
            ILocalReferenceOperation local => Variable(local.Local),
            IConversionOperation conversion => Conversion(conversion),
            IBinaryOperation binary => Binary(binary),
            IUnaryOperation unary => Unary(unary),
            IConditionalOperation { WhenFalse: { } whenFalse } conditional => Conditional(conditional.Condition, conditional.WhenTrue, whenFalse),
            IInvocationOperation { Instance: null, TargetMethod.IsStatic: true } call => Call(call),
            IIsPatternOperation pattern => Scalar(pattern.Value) is { } value ? Scalar(LanePatterns.Test(value, pattern.Pattern), operation.Type) : null,
            IFieldReferenceOperation { Instance: { } instance } field => Member(Value(instance), field.Field),
            IPropertyReferenceOperation { Instance: { } instance, Arguments.Length: 0 } property => Member(Value(instance), property.Property),
            ITupleOperation tuple => Tuple(tuple),
            IObjectCreationOperation creation => Creation(creation),
            IWithOperation with => With(with),
            _ => null,
        };
    }

    /// <summary>The value of an operation that gives a number or a condition.</summary>
    private LaneValue.Scalar? Scalar(IOperation operation) => Value(operation) as LaneValue.Scalar;

    private static LaneValue.Scalar? Scalar(LaneExpression? expression, ITypeSymbol? type) =>
        expression is null || type is null ? null : new LaneValue.Scalar(expression, Underlying(type));

    private static List<LaneExpression>? Scalars(IEnumerable<LaneValue?> values)
    {
        var scalars = new List<LaneExpression>();
        foreach (var value in values)
        {
            if (value is not LaneValue.Scalar scalar)
            {
                return null;
            }

            scalars.Add(scalar.Expression);
        }

        return scalars;
    }

    private static bool Matches(IMethodSymbol method, LaneValue[] arguments) =>
        method.Parameters.Select((parameter, index) => parameter.Type.SpecialType == ((LaneValue.Scalar)arguments[index]).Type).All(matches => matches);

    private LaneValue? Variable(ISymbol symbol) => _variables.TryGetValue(symbol, out var value) ? value : null;

    private LaneValue? Conversion(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null || conversion.IsChecked || conversion.IsTryCast || conversion.Type is not { } type)
        {
            return null;
        }

        var value = Value(conversion.Operand);
        if (value is LaneValue.Scalar scalar)
        {
            return Scalar(LaneOperations.Convert(scalar.Expression, scalar.Type, Underlying(type)), type);
        }

        return conversion.GetConversion() is { IsIdentity: true } || SymbolEqualityComparer.Default.Equals(conversion.Operand.Type, type) ? value : null;
    }

    private LaneValue.Scalar? Binary(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is not null || binary.IsChecked || binary.IsLifted || IsEnumerationArithmetic(binary)
            || Scalar(binary.LeftOperand) is not { } left || Scalar(binary.RightOperand) is not { } right)
        {
            return null;
        }

        var isShift = binary.OperatorKind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;
        if (left.Expression.Type.IsMask() != right.Expression.Type.IsMask()
            || (!isShift && !left.Expression.Type.IsMask() && left.Expression.Type != right.Expression.Type))
        {
            return null;
        }

        var constant = binary.RightOperand.ConstantValue is { HasValue: true } known ? known.Value : null;
        return Scalar(LaneOperations.Binary(binary.OperatorKind, left.Expression, right.Expression, constant), binary.Type);
    }

    /// <summary>Its results are cut to the enumeration's size, which a lane is not.</summary>
    private static bool IsEnumerationArithmetic(IBinaryOperation binary) =>
        binary.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract
        && (binary.LeftOperand.Type is { TypeKind: TypeKind.Enum } || binary.RightOperand.Type is { TypeKind: TypeKind.Enum });

    private LaneValue.Scalar? Unary(IUnaryOperation unary)
    {
        if (unary.OperatorMethod is not null || unary.IsChecked || unary.IsLifted || unary.Type is { TypeKind: TypeKind.Enum } || Scalar(unary.Operand) is not { } operand)
        {
            return null;
        }

        var lanes = operand.Expression;
        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Plus => operand,
            UnaryOperatorKind.Minus => Scalar(LaneOperations.Of(lanes.Type, LaneOperator.Negate, lanes), unary.Type),
            UnaryOperatorKind.BitwiseNegation when !lanes.Type.IsFloating() => Scalar(LaneOperations.Of(lanes.Type, LaneOperator.Complement, lanes), unary.Type),
            UnaryOperatorKind.Not when lanes.Type.IsMask() => Scalar(LaneOperations.Not(lanes), unary.Type),
            _ => null,
        };
    }

    private LaneValue? Conditional(IOperation condition, IOperation whenTrue, IOperation whenFalse)
    {
        if (Scalar(condition) is not { } test || Value(whenTrue) is not { } first || Value(whenFalse) is not { } second)
        {
            return null;
        }

        return Select(test.Expression, first, second);
    }

    private static LaneValue? Select(LaneExpression test, LaneValue first, LaneValue second) => (first, second) switch
    {
        (LaneValue.Scalar left, LaneValue.Scalar right) =>
            LaneOperations.Select(test, left.Expression, right.Expression) is { } selected ? left with { Expression = selected } : null,
        (LaneValue.Composite left, LaneValue.Composite right) when left.Members.Count == right.Members.Count => SelectMembers(test, left, right),
        _ => null,
    };

    private static LaneValue.Composite? SelectMembers(LaneExpression test, LaneValue.Composite first, LaneValue.Composite second)
    {
        var members = new Dictionary<string, LaneValue>();
        foreach (var member in first.Members)
        {
            if (!second.Members.TryGetValue(member.Key, out var counterpart) || Select(test, member.Value, counterpart) is not { } selected)
            {
                return null;
            }

            members.Add(member.Key, selected);
        }

        return new LaneValue.Composite(members);
    }

    private LaneValue.Scalar? Call(IInvocationOperation call)
    {
        var ordered = call.Arguments.OrderBy(argument => argument.Parameter!.Ordinal).Select(argument => Value(argument.Value)).ToList();
        return Scalars(ordered) is { } scalars ? Scalar(LaneFunctions.Call(call.TargetMethod, scalars), call.Type) : null;
    }

    /// <summary>A member of a structure.</summary>
    public LaneValue? Member(LaneValue? value, ISymbol member)
    {
        switch (value)
        {
            case LaneValue.Composite composite:
                return composite.Members.TryGetValue(LaneStructures.MemberName(member), out var found) ? found : null;
            case LaneValue.InMemory memory when LaneStructures.IsPlainMember(member, out var type):
                var access = $"{memory.Access}.{LaneStructures.MemberName(member)}";
                if (type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } structure)
                {
                    return new LaneValue.InMemory(access, structure);
                }

                return LaneOperations.TypeOf(Underlying(type)) is null ? null : new LaneValue.Scalar(load(access, type), Underlying(type));
            default:
                return null;
        }
    }

    private LaneValue.Composite? Tuple(ITupleOperation tuple)
    {
        var members = new Dictionary<string, LaneValue>();
        for (var index = 0; index < tuple.Elements.Length; index++)
        {
            if (Value(tuple.Elements[index]) is not { } element)
            {
                return null;
            }

            members.Add($"Item{index + 1}", element);
        }

        return new LaneValue.Composite(members);
    }

    private LaneValue.Composite? Creation(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor || LaneStructures.PositionalMembers(constructor) is not { } names)
        {
            return null;
        }

        var members = new Dictionary<string, LaneValue>();
        foreach (var argument in creation.Arguments)
        {
            if (Value(argument.Value) is not { } value)
            {
                return null;
            }

            members[names[argument.Parameter!.Ordinal]] = value;
        }

        return Assign(members, creation.Initializer) ? new LaneValue.Composite(members) : null;
    }

    private LaneValue.Composite? With(IWithOperation with)
    {
        if (Value(with.Operand) is not LaneValue.Composite original)
        {
            return null;
        }

        var members = original.Members.ToDictionary(member => member.Key, member => member.Value);
        return Assign(members, with.Initializer) ? new LaneValue.Composite(members) : null;
    }

    private bool Assign(Dictionary<string, LaneValue> members, IObjectOrCollectionInitializerOperation? initializer)
    {
        foreach (var operation in initializer?.Initializers ?? [])
        {
            if (operation is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment
                || !LaneStructures.IsPlainMember(target.Member, out _)
                || Value(assignment.Value) is not { } value)
            {
                return false;
            }

            members[LaneStructures.MemberName(target.Member)] = value;
        }

        return true;
    }

    /// <summary>An enumeration is the number behind it.</summary>
    public static SpecialType Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying.SpecialType : type.SpecialType;
}
