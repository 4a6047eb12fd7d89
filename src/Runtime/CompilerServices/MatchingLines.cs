using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private readonly ref byte _text;
    private readonly TextSearch _search;
    private readonly int _length;
    private readonly int _end;
    private int _next;

    internal MatchingLines(Utf8Lines lines, ReadOnlySpan<byte> wanted)
    {
        // A text with a newline in it is in no line, though in the buffer it may be.
        ArgumentOutOfRangeException.ThrowIfNotEqual(wanted.Contains(Utf8TextBlock.LineEnd), false, nameof(wanted));
        _block = lines.Block;
        (_next, _end) = lines.Extent;
        _text = ref MemoryMarshal.GetArrayDataReference(_block.Bytes ?? Utf8TextBlock.ThrowReturned());
        _search = new TextSearch(wanted);
        _length = wanted.Length;
    }

    /// <summary>Takes the next line that contains the text; false where there is none in the run.</summary>
    public bool TryRead(out Utf8Slice line)
    {
        var match = _search.Find(ref _text, _next, _end);
        if (match < 0)
        {
            _next = _end;
            line = default;
            return false;
        }

        // A run begins with a line and ends with a newline.
        var start = _next + MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _text, _next), match - _next).LastIndexOf(Utf8TextBlock.LineEnd) + 1;
        var behind = match + _length;
        var end = behind + MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _text, behind), _end - behind).IndexOf(Utf8TextBlock.LineEnd);
        line = new Utf8Slice(_block, start, end - start);
        _next = end + 1;
        return true;
    }
}
