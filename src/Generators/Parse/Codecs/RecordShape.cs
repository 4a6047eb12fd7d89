using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse.Codecs;

/// <summary>
/// What a class or structure of the user's holds, and how one is made of it: by a constructor whose parameters are named and typed like members, and by setting
/// the others. Lives for one parse only.
/// </summary>
internal sealed class RecordShape
{
    /// <summary>The members, those that the constructor takes first, in its order.</summary>
    public IReadOnlyList<Member> Members { get; private set; } = [];

    /// <summary>How many of them the constructor takes.</summary>
    public int Parameters { get; private set; }

    /// <summary>Why it can't be done; null where it can.</summary>
    public string? Problem { get; private set; }

    public static RecordShape Of(INamedTypeSymbol type, Compilation compilation, INamedTypeSymbol within)
    {
        var shape = new RecordShape();
        var members = new List<Member>();
        foreach (var part in Bases(type))
        {
            foreach (var member in State(part))
            {
                var isHiding = members.Exists(other => other.Symbol.Name == member.Symbol.Name);
                if ((isHiding ? "it hides another of its name" : member.Problem(compilation, within)) is { } problem)
                {
                    shape.Problem = $"its member {member.Symbol.Name.TrimStart('<').Split('>')[0]} can't be stored: {problem}";
                    return shape;
                }

                members.Add(member);
            }
        }

        if (members.Count == 0 && type.DeclaringSyntaxReferences.Length == 0)
        {
            shape.Problem = $"nothing of what {type.Name} of another assembly holds can be seen";
            return shape;
        }

        shape.Choose(type, members, compilation, within);
        return shape;
    }

    private void Choose(INamedTypeSymbol type, List<Member> members, Compilation compilation, INamedTypeSymbol within)
    {
        var fixedMember = members.Find(member => !member.CanBeSet(compilation, within));

        // The parameters of a primary constructor may be part of what the type holds, so no other one makes it whole.
        var hasPrimary = type.InstanceConstructors.Any(IsPrimary);
        var best = type.InstanceConstructors
            .Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, within) && !IsCopy(constructor, type) && (!hasPrimary || IsPrimary(constructor)))
            .Select(constructor => (Constructor: constructor, Taken: Match(constructor, members)))
            .Where(match => match.Taken is not null && members.Except(match.Taken).All(member => member.CanBeSet(compilation, within)))
            .OrderBy(match => match.Constructor.Parameters.Length)
            .FirstOrDefault();
        if (best.Taken is null)
        {
            Problem = fixedMember is null
                ? $"{type.Name} has no constructor that generated code could call"
                : $"its member {fixedMember.Symbol.Name} can't be set, and no constructor of {type.Name} that generated code could call takes it by that name and type";
            return;
        }

        Parameters = best.Taken.Count;
        Members = [.. best.Taken, .. members.Except(best.Taken)];
    }

    /// <summary>The members that a constructor's parameters stand for; null where one stands for none.</summary>
    private static List<Member>? Match(IMethodSymbol constructor, List<Member> members)
    {
        var setsRequired = constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute");
        var taken = new List<Member>();
        foreach (var parameter in constructor.Parameters)
        {
            var member = members.Find(candidate =>
                string.Equals(candidate.Symbol.Name.TrimStart('_'), parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(candidate.Type, parameter.Type)
                && (setsRequired || !candidate.IsRequired));
            if (member is null || parameter.RefKind is not (RefKind.None or RefKind.In) || taken.Contains(member))
            {
                return null;
            }

            taken.Add(member);
        }

        return taken;
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsRecord && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null });

    private static List<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        var bases = new List<INamedTypeSymbol>();
        for (var current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
        {
            bases.Insert(0, current);
        }

        return bases;
    }

    /// <summary>
    /// What a type holds itself: its fields, a property in place of the field behind it. Of a type in another assembly only what it shows is known: public fields,
    /// and public properties that can be set or that a constructor takes.
    /// </summary>
    private static IEnumerable<Member> State(INamedTypeSymbol type)
    {
        if (type.DeclaringSyntaxReferences.Length > 0)
        {
            return type.GetMembers().Where(member => !member.IsStatic).Select(member => member switch
            {
                IFieldSymbol { IsConst: false } field => new Member(field.AssociatedSymbol ?? field, field.Type, field),
                IEventSymbol { AddMethod.IsImplicitlyDeclared: true } change => new Member(change, change.Type, null),
                _ => null,
            }).OfType<Member>();
        }

        var taken = new HashSet<string>(type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Select(parameter => parameter.Name), StringComparer.OrdinalIgnoreCase);
        return type.GetMembers().Where(member => !member.IsStatic && member.DeclaredAccessibility == Accessibility.Public).Select(member => member switch
        {
            IFieldSymbol { IsConst: false } field => new Member(field, field.Type, field),
            IPropertySymbol { IsIndexer: false, GetMethod: not null } property when property.SetMethod is not null || taken.Contains(property.Name) =>
                new Member(property, property.Type, null),
            _ => null,
        }).OfType<Member>();
    }

    /// <summary>A field or property that holds a part of a record.</summary>
    /// <param name="symbol">What code names.</param>
    /// <param name="type">Its type.</param>
    /// <param name="field">The field behind it, where that is known.</param>
    internal sealed class Member(ISymbol symbol, ITypeSymbol type, IFieldSymbol? field)
    {
        public ISymbol Symbol => symbol;

        public ITypeSymbol Type => type;

        public bool IsRequired => symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

        /// <summary>Why generated code can't read it; null where it can.</summary>
        public string? Problem(Compilation compilation, INamedTypeSymbol within) => symbol switch
        {
            IEventSymbol => "it is an event",
            _ when field is { RefKind: not RefKind.None } => "it is a reference to another variable",
            _ when field is { IsFixedSizeBuffer: true } => "it is a buffer of fixed size",
            IFieldSymbol { IsImplicitlyDeclared: true } or { CanBeReferencedByName: false } => "it is a parameter that members use",
            IPropertySymbol { GetMethod: null } => "it can't be read",
            IPropertySymbol { GetMethod: { } getter } when !compilation.IsSymbolAccessibleWithin(getter, within) => "generated code has no access to it",
            _ when !compilation.IsSymbolAccessibleWithin(symbol, within) => "generated code has no access to it",
            _ => null,
        };

        public bool CanBeSet(Compilation compilation, INamedTypeSymbol within) => symbol switch
        {
            IFieldSymbol own => !own.IsReadOnly,
            IPropertySymbol { SetMethod: { } setter } => compilation.IsSymbolAccessibleWithin(setter, within),
            _ => false,
        };
    }
}
