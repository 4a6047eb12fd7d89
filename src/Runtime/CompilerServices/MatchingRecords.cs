using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>The texts that contain a text, as <see cref="MatchingLines"/> gives them, of texts that lie anywhere.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct MatchingRecords : IRecordSource<Utf8Slice>
{
    private readonly ReadOnlySpan<Utf8Slice> _records;
    private readonly ReadOnlySpan<byte> _wanted;
    private int _next;

    internal MatchingRecords(ReadOnlySpan<Utf8Slice> records, ReadOnlySpan<byte> wanted)
    {
        _records = records;
        _wanted = wanted;
    }

    /// <summary>Takes the next record that contains the text; false where there is none.</summary>
    public bool TryRead(out Utf8Slice line)
    {
        while (_next < _records.Length)
        {
            line = _records[_next++];
            if (line.Contains(_wanted))
            {
                return true;
            }
        }

        line = default;
        return false;
    }
}
