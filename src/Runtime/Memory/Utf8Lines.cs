using System.ComponentModel;

namespace CodegenStreaming.Memory;

/// <summary>A run of lines of a text block: the source of generated loops over <see cref="Utf8Slice"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Utf8Lines : CompilerServices.IRecordSource<Utf8Slice>
{
    private readonly Utf8TextBlock _block;
    private readonly int[] _ends;
    private readonly int _last;
    private int _next;
    private int _start;

    internal Utf8Lines(Utf8TextBlock block, int first, int count)
    {
        _block = block;
        _ends = block.Ends;
        _next = first;
        _last = first + count;
        _start = block.StartOf(first);
    }

    internal readonly Utf8TextBlock Block => _block;

    /// <summary>The text of the lines that are left: from the first one's beginning to behind the last one's newline.</summary>
    internal readonly (int Start, int End) Extent => (_start, _next < _last ? _ends[_last - 1] + 1 : _start);

    /// <summary>Takes the next line; false at the end of the run.</summary>
    public bool TryRead(out Utf8Slice line)
    {
        if (_next >= _last)
        {
            line = default;
            return false;
        }

        var end = _ends[_next++];
        line = new Utf8Slice(_block, _start, end - _start);
        _start = end + 1;
        return true;
    }
}
