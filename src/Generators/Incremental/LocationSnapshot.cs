using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CodegenStreaming.Generators.Incremental;

/// <summary>A place in a source file, as data.</summary>
internal sealed record LocationSnapshot(string Path, TextSpan Span, LinePosition Start, LinePosition End)
{
    public static LocationSnapshot Of(SyntaxNode node) => Of(node.GetLocation());

    public static LocationSnapshot Of(Location location)
    {
        var lines = location.GetLineSpan();
        return new LocationSnapshot(location.SourceTree?.FilePath ?? lines.Path, location.SourceSpan, lines.StartLinePosition, lines.EndLinePosition);
    }

    /// <summary>The place in its syntax tree, so that <c>#pragma</c> and .editorconfig apply; a bare file location where the tree has gone.</summary>
    public Location ToLocation(Compilation? compilation)
    {
        foreach (var tree in compilation?.SyntaxTrees ?? [])
        {
            if (tree.FilePath == Path && Span.End <= tree.Length)
            {
                return Location.Create(tree, Span);
            }
        }

        return Location.Create(Path, Span, new LinePositionSpan(Start, End));
    }
}
