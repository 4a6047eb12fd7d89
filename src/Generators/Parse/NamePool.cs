using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// Gives names to generated members. A name that the class's code uses in any sense is never given: a new member could change what the user's code,
/// or a copied lambda, means.
/// </summary>
internal sealed class NamePool
{
    private readonly HashSet<string> _taken = [];

    public void Reserve(string name) => _taken.Add(name);

    public void ReserveAll(SyntaxNode declaration)
    {
        foreach (var token in declaration.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
            {
                _taken.Add(token.ValueText);
            }
        }
    }

    /// <summary>Reserves the members that the class's code sees without naming their type.</summary>
    public void ReserveMembers(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            for (var current = outer; current is not null; current = current.BaseType)
            {
                _taken.UnionWith(current.MemberNames);
                _taken.Add(current.Name);
            }
        }
    }

    /// <summary>Reserves the simple names in a type's text.</summary>
    public void ReserveText(string text)
    {
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && SyntaxFacts.IsIdentifierPartCharacter(text[index]))
            {
                start = start < 0 ? index : start;
            }
            else if (start >= 0)
            {
                _taken.Add(text.Substring(start, index - start));
                start = -1;
            }
        }
    }

    /// <summary>The name, or the name with a number, that is still free.</summary>
    public string Take(string name)
    {
        var candidate = name;
        for (var number = 2; !IsFree(candidate); number++)
        {
            candidate = char.IsDigit(name[name.Length - 1]) ? $"{name}_{number}" : name + number;
        }

        _taken.Add(candidate);
        return candidate;
    }

    private bool IsFree(string name) =>
        !_taken.Contains(name)
        && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
        && (name is "record" or "value" || SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None);
}
