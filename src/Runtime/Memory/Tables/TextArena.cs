namespace CodegenStreaming.Memory;

/// <summary>Copies of texts, one after another in a few large arrays. They stay valid for as long as anybody refers to them.</summary>
internal sealed class TextArena
{
    private const int ChunkLength = 64 * 1024;

    private Utf8TextBlock? _block;
    private int _used = ChunkLength;

    /// <summary>A text of the arena.</summary>
    public Utf8Slice Copy(Utf8Slice text)
    {
        if (text.IsEmpty)
        {
            return default;
        }

        if (text.Length > ChunkLength / 4)
        {
            return Utf8Slice.Copy(text.Span);
        }

        if (text.Length > ChunkLength - _used)
        {
            _block = new Utf8TextBlock(new byte[ChunkLength + Utf8TextBlock.Padding], 0, [], 0, pool: null);
            _used = 0;
        }

        text.Span.CopyTo(_block!.Bytes.AsSpan(_used));
        var copy = new Utf8Slice(_block, _used, text.Length);
        _used += text.Length;
        return copy;
    }
}
