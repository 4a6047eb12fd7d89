using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// Structures that a loop reads where they lie. The compiler keeps a copied structure in registers when it has no more than four fields, and forgets the
/// fields that nobody reads; a larger one it really copies.
/// </summary>
internal static class LargeRecords
{
    private const int FieldsInRegisters = 4;

    public static bool IsLarge(ITypeSymbol type) => type is { IsValueType: true, IsRefLikeType: false, TypeKind: TypeKind.Struct } && Fields(type, 0) > FieldsInRegisters;

    /// <summary>
    /// Whether the function only looks at the parameter, so that a reference to the record does for it: what could write to it, keep a reference
    /// to it or capture it needs a copy of its own, and so does whatever is not known here.
    /// </summary>
    public static bool IsOnlyRead(IAnonymousFunctionOperation function, IParameterSymbol parameter) =>
        function.Descendants().OfType<IParameterReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter))
            .All(reference => IsRead(reference) && !IsCaptured(reference, function));

    private static int Fields(ITypeSymbol type, int depth)
    {
        if (type.SpecialType != SpecialType.None || type.TypeKind != TypeKind.Struct || depth > FieldsInRegisters)
        {
            return 1;
        }

        var fields = 0;
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst))
        {
            if (field.CorrespondingTupleField is null || SymbolEqualityComparer.Default.Equals(field, field.CorrespondingTupleField))
            {
                fields += Fields(field.Type, depth + 1);
            }

            if (fields > FieldsInRegisters)
            {
                break;
            }
        }

        return fields;
    }

    private static bool IsRead(IOperation value) => value.Parent switch
    {
        IFieldReferenceOperation field => field.Field.Type is { IsReferenceType: true } || IsRead(field),
        IPropertyReferenceOperation property when property.Instance == value => property.Property is { RefKind: RefKind.None, GetMethod.IsReadOnly: true } && !IsWritten(property),
        IInvocationOperation call when call.Instance == value => call.TargetMethod is { IsReadOnly: true, RefKind: RefKind.None },
        IArgumentOperation argument => argument.Parameter is { RefKind: RefKind.None },
        ISimpleAssignmentOperation assignment => assignment.Value == value && !assignment.IsRef,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol.RefKind == RefKind.None,
        ICompoundAssignmentOperation assignment => assignment.Value == value,
        IReturnOperation or IConversionOperation or IBinaryOperation or IUnaryOperation or ITupleOperation or IIsPatternOperation or IIsTypeOperation
            or IConditionalOperation or ISwitchExpressionOperation or ISwitchOperation or IArrayElementReferenceOperation
            or IInterpolationOperation or IArrayInitializerOperation or ITupleBinaryOperation or IWithOperation or INameOfOperation => !IsTarget(value.Parent),
        _ => false,
    };

    /// <summary>A property of a structure is set through a reference to the whole.</summary>
    private static bool IsWritten(IOperation property) =>
        (property.Parent is IAssignmentOperation assignment && assignment.Target == property) || property.Parent is IIncrementOrDecrementOperation;

    /// <summary>A tuple on the left of a deconstruction writes to its elements; a conditional expression may be one of references.</summary>
    private static bool IsTarget(IOperation parent) => parent switch
    {
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } => deconstruction.Target == parent,
        ITupleOperation { Parent: ITupleOperation outer } => IsTarget(outer),
        IConditionalOperation conditional => conditional.IsRef,
        _ => false,
    };

    private static bool IsCaptured(IOperation reference, IAnonymousFunctionOperation function)
    {
        for (var operation = reference.Parent; operation is not null && operation != function; operation = operation.Parent)
        {
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }
}
