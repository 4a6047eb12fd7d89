using System.Text;

namespace CodegenStreaming.Generators.Emit;

/// <summary>Text with indented blocks.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(text);
        }

        _text.Append('\n');
    }

    public void Open(string header)
    {
        Line(header);
        Open();
    }

    public void Open()
    {
        Line("{");
        _depth++;
    }

    public void Close(string end = "}")
    {
        _depth--;
        Line(end);
    }

    /// <summary>A label stands one level further out than the statements around it.</summary>
    public void Label(string name)
    {
        _depth--;
        Line(name + ":");
        _depth++;
    }

    /// <summary>A continuation of the line before.</summary>
    public void Continued(string text)
    {
        _depth++;
        Line(text);
        _depth--;
    }

    public override string ToString() => _text.ToString();
}
