using System.Numerics;

namespace CodegenStreaming.State;

/// <summary>A set of entries by their numbers: a bit for each.</summary>
internal sealed class NumberSet
{
    private const int WordShift = 6;

    private ulong[] _words = [];

    public bool Contains(int number) => (number >> WordShift) < _words.Length && (_words[number >> WordShift] & Bit(number)) != 0;

    /// <summary>False where the number is in the set already.</summary>
    public bool Add(int number)
    {
        if (number >> WordShift >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max((number >> WordShift) + 1, _words.Length * 2));
        }

        ref var word = ref _words[number >> WordShift];
        var isNew = (word & Bit(number)) == 0;
        word |= Bit(number);
        return isNew;
    }

    public void Remove(int number)
    {
        if (number >> WordShift < _words.Length)
        {
            _words[number >> WordShift] &= ~Bit(number);
        }
    }

    /// <summary>The numbers, the least first.</summary>
    public IEnumerable<int> Read()
    {
        for (var index = 0; index < _words.Length; index++)
        {
            for (var word = _words[index]; word != 0; word &= word - 1)
            {
                yield return (index << WordShift) + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    private static ulong Bit(int number) => 1UL << (number & ((1 << WordShift) - 1));
}
