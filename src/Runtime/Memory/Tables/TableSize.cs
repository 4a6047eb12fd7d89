namespace CodegenStreaming.Memory;

/// <summary>How large a table is kept that is cleared and filled again: as its last fillings needed it. One large filling among small ones is forgotten.</summary>
internal struct TableSize
{
    /// <summary>A table is too large for a filling that uses less than this part of it…</summary>
    private const int TooLarge = 16;

    /// <summary>…and is made smaller after so many of them in a row.</summary>
    private const int Patience = 8;

    /// <summary>What a large index takes for each entry: two slots, when it is full.</summary>
    public const int IndexBytesOfEntry = 2 * sizeof(uint);

    private int _last;
    private int _largest;
    private int _tooLarge;

    /// <summary>The entries to have room for at the next filling's start.</summary>
    public readonly int Expected => Math.Max(HashIndex.MinimumCapacity, _last);

    /// <summary>The room for entries that takes the place of a full one.</summary>
    public static int Larger(int count) => checked(Math.Max(count, HashIndex.MinimumCapacity / 2) * 2);

    /// <summary>Whether entries are so few that freeing their slots one by one is less work than clearing the index.</summary>
    public static bool IsFew(int count, int capacity) => count < capacity / 32;

    /// <summary>Notes a filling; true where the table is to be replaced by one for <see cref="Expected"/> entries.</summary>
    public bool IsToShrink(int count, int capacity)
    {
        _last = count;
        if (capacity == HashIndex.MinimumCapacity || count > capacity / TooLarge)
        {
            (_tooLarge, _largest) = (0, 0);
            return false;
        }

        _largest = Math.Max(_largest, count);
        if (++_tooLarge < Patience)
        {
            return false;
        }

        _last = _largest;
        (_tooLarge, _largest) = (0, 0);
        return true;
    }
}
