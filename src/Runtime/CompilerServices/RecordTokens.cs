using System.ComponentModel;
using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>The same pieces as <see cref="LineTokens{TSeparators}"/> gives, of texts that lie anywhere: records that were kept, or that another loop writes.</summary>
/// <typeparam name="TSeparators">What separates the pieces of a text.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct RecordTokens<TSeparators> : IRecordSource<Utf8Slice>
    where TSeparators : struct, ISeparators
{
    private readonly ReadOnlySpan<Utf8Slice> _records;
    private readonly TSeparators _separators;
    private readonly StringSplitOptions _options;
    private SplitCursor<TSeparators> _cursor;
    private int _next;

    internal RecordTokens(ReadOnlySpan<Utf8Slice> records, TSeparators separators, bool leavesOutEmpty)
    {
        _records = records;
        _separators = separators;
        _options = leavesOutEmpty ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None;
        _cursor = SplitCursor<TSeparators>.Ended;
    }

    /// <summary>Takes the next piece; false after the last record's last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out Utf8Slice token)
    {
        while (!_cursor.MoveNext())
        {
            if (_next >= _records.Length)
            {
                token = default;
                return false;
            }

            _cursor = _records[_next++].Cursor(_separators, _options);
        }

        token = _cursor.Current;
        return true;
    }
}
