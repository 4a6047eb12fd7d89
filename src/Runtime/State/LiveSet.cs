using System.Numerics;

namespace CodegenStreaming.State;

/// <summary>Which entries of a segment are live: a bit for each, so that those of a million entries lie in the cache of one core.</summary>
internal readonly struct LiveSet
{
    private const int WordShift = 6;

    private readonly ulong[] _words;

    public LiveSet(int length) => _words = new ulong[(length + 63) >> WordShift];

    private LiveSet(ulong[] words) => _words = words;

    // A shift takes the lower six bits of the place.
    public bool this[int place] => ((_words[place >> WordShift] >> place) & 1) != 0;

    public void Set(int place, bool isLive)
    {
        ref var word = ref _words[place >> WordShift];
        word = isLive ? word | (1UL << place) : word & ~(1UL << place);
    }

    /// <summary>Whether the first places are all live.</summary>
    public bool AreAll(int length)
    {
        var words = length >> WordShift;
        if (_words.AsSpan(0, words).ContainsAnyExcept(ulong.MaxValue))
        {
            return false;
        }

        var rest = length & 63;
        return rest == 0 || (~_words[words] & ((1UL << rest) - 1)) == 0;
    }

    public LiveSet Clone() => new((ulong[])_words.Clone());

    /// <summary>The places that are live.</summary>
    /// <param name="length">How many places to look at.</param>
    public Enumerator Places(int length) => new(_words, length);

    public struct Enumerator(ulong[] words, int length)
    {
        private int _word = -1;
        private ulong _rest;

        public int Current { get; private set; }

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_rest == 0)
            {
                if (++_word >= words.Length)
                {
                    return false;
                }

                _rest = words[_word];
            }

            Current = (_word << WordShift) + BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return Current < length;
        }
    }
}
