using System.Numerics;

namespace CodegenStreaming.State;

/// <summary>A set of entries by their numbers: a bit for each, in pages, so that a few numbers of a large table take no more than their pages.</summary>
internal sealed class NumberSet
{
    private const int WordShift = 6;

    /// <summary>The words of a page, which has 4 KB.</summary>
    private const int PageShift = 9;

    private ulong[]?[] _pages = [];

    public bool Contains(int number) => PageOf(number) is { } page && (page[WordOf(number)] & Bit(number)) != 0;

    /// <summary>False where the number is in the set already.</summary>
    public bool Add(int number)
    {
        var index = number >> (WordShift + PageShift);
        if (index >= _pages.Length)
        {
            Array.Resize(ref _pages, Math.Max(index + 1, _pages.Length * 2));
        }

        ref var word = ref (_pages[index] ??= new ulong[1 << PageShift])[WordOf(number)];
        var isNew = (word & Bit(number)) == 0;
        word |= Bit(number);
        return isNew;
    }

    public void Remove(int number)
    {
        if (PageOf(number) is { } page)
        {
            page[WordOf(number)] &= ~Bit(number);
        }
    }

    public bool IsEmpty => Array.TrueForAll(_pages, static page => page is null || !page.AsSpan().ContainsAnyExcept(0UL));

    public int Count()
    {
        var count = 0;
        foreach (var page in _pages)
        {
            foreach (var word in page ?? [])
            {
                count += BitOperations.PopCount(word);
            }
        }

        return count;
    }

    /// <summary>The numbers, the least first.</summary>
    public IEnumerable<int> Read()
    {
        for (var index = 0; index < _pages.Length; index++)
        {
            if (_pages[index] is not { } page)
            {
                continue;
            }

            for (var position = 0; position < page.Length; position++)
            {
                for (var word = page[position]; word != 0; word &= word - 1)
                {
                    yield return (((index << PageShift) + position) << WordShift) + BitOperations.TrailingZeroCount(word);
                }
            }
        }
    }

    private ulong[]? PageOf(int number) => number >> (WordShift + PageShift) is var index && index < _pages.Length ? _pages[index] : null;

    private static int WordOf(int number) => (number >> WordShift) & ((1 << PageShift) - 1);

    private static ulong Bit(int number) => 1UL << (number & ((1 << WordShift) - 1));
}
