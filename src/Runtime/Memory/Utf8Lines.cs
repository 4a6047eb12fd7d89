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
