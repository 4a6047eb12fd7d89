using System.ComponentModel;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// The lines of a run that contain a text. The whole run is searched at once, and the line around a match is found afterwards: between the newlines
/// before and behind it. The source of generated loops whose chain begins with <c>Filter(line => line.Contains(…))</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct MatchingLines : IRecordSource<Utf8Slice>
{
    private readonly Utf8TextBlock _block;

    /// <summary>The block's text up to the end of the run.</summary>
    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<byte> _wanted;
    private int _next;

    internal MatchingLines(Utf8Lines lines, ReadOnlySpan<byte> wanted)
    {
        // A text with a newline in it is in no line, though in the buffer it may be.
        ArgumentOutOfRangeException.ThrowIfNotEqual(wanted.IsEmpty || wanted.Contains(Utf8TextBlock.LineEnd), false, nameof(wanted));
        _block = lines.Block;
        (_next, var end) = lines.Extent;
        _text = (_block.Bytes ?? Utf8TextBlock.ThrowReturned()).AsSpan(0, end);
        _wanted = wanted;
    }

    /// <summary>Takes the next line that contains the text; false where there is none in the run.</summary>
    public bool TryRead(out Utf8Slice line)
    {
        var rest = _text[_next..];
        var match = rest.IndexOf(_wanted);
        if (match < 0)
        {
            _next = _text.Length;
            line = default;
            return false;
        }

        var start = rest[..match].LastIndexOf(Utf8TextBlock.LineEnd) + 1;
        var behind = match + _wanted.Length;
        var end = behind + rest[behind..].IndexOf(Utf8TextBlock.LineEnd);
        line = new Utf8Slice(_block, _next + start, end - start);
        _next += end + 1;
        return true;
    }
}
