using System.Runtime.InteropServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <content>
/// Combinations that were made elsewhere. Into a table beyond the cache of a processor's core they are merged many at a time, step by step: what one step asks
/// for has come when the next one needs it. They lie in memory already, so that nothing is staged but what was computed of their keys.
/// </content>
public sealed partial class CombineTable<TKey, TImage, TValue, TCombined, TCombiner>
{
    /// <summary>Combinations that are merged together.</summary>
    private const int MergedTogether = 64;

    /// <inheritdoc/>
    internal override void Reserve(int keys)
    {
        _isReserved = true;
        if (keys > _records.Length)
        {
            _pool!.Return(_records, _count);
            _records = _pool.Rent<(TKey, TCombined)>(keys);
        }

        if (keys > _index.Capacity)
        {
            _index = _index.ReplacedBy(keys);
        }

        Adapt();
    }

    /// <inheritdoc/>
    internal override void Load(ReadOnlySpan<(TKey Key, TCombined Combined)> entries)
    {
        Reserve(entries.Length);
        entries.CopyTo(_records);
        if (KeptImages<TImage>.AreKept)
        {
            for (var entry = 0; entry < entries.Length; entry++)
            {
                _images[entry] = _combiner.ImageOf(entries[entry].Key);
            }
        }

        for (var entry = 0; entry < entries.Length; entry++)
        {
            if (entry + MergedTogether < entries.Length)
            {
                Prefetch.Line(in _index.Home(HashOf(entry + MergedTogether)).First);
            }

            _index.Add(entry, HashOf(entry));
        }

        _count = entries.Length;
    }

    /// <inheritdoc/>
    internal override void Merge(ReadOnlySpan<(TKey Key, TCombined Combined)> entries, ReadOnlySpan<int> targets, int partition)
    {
        Span<int> chosen = stackalloc int[MergedTogether];
        Span<TImage> images = stackalloc TImage[MergedTogether];
        Span<uint> guesses = stackalloc uint[MergedTogether];
        for (var next = 0; next < entries.Length;)
        {
            if (!_stages)
            {
                if (targets.IsEmpty || targets[next] == partition)
                {
                    Merge(in entries[next], _combiner.ImageOf(entries[next].Key), uint.MaxValue);
                }

                next++;
                continue;
            }

            var count = 0;
            for (; next < entries.Length && count < MergedTogether; next++)
            {
                if (targets.IsEmpty || targets[next] == partition)
                {
                    (chosen[count], images[count]) = (next, _combiner.ImageOf(entries[next].Key));
                    Prefetch.Line(in _index.Home(images[count].Hash).First);
                    count++;
                }
            }

            Guess(images[..count], guesses);
            for (var index = 0; index < count; index++)
            {
                Merge(in entries[chosen[index]], images[index], guesses[index]);
            }
        }
    }

    /// <summary>The entries that are probably those of some keys, which are asked for; or any numbers.</summary>
    private void Guess(ReadOnlySpan<TImage> images, Span<uint> guesses)
    {
        var (index, count) = (_index, (uint)_count);
        ref readonly var records = ref MemoryMarshal.GetArrayDataReference(_records);
        ref readonly var kept = ref MemoryMarshal.GetArrayDataReference(_images);
        for (var next = 0; next < images.Length; next++)
        {
            var guess = index.Guess(images[next].Hash, count);
            guesses[next] = guess;
            Prefetch.Element(in records, guess);
            if (KeptImages<TImage>.AreKept)
            {
                Prefetch.Element(in kept, guess);
            }
        }
    }

    private void Merge(in (TKey Key, TCombined Combined) entry, TImage image, uint guess)
    {
        if (guess < (uint)_count)
        {
            ref var record = ref RecordAt(guess);
            if (_combiner.AreEqual(in record.Key, CompareImage(guess), entry.Key, image))
            {
                MergeInto(ref record, entry.Combined);
                return;
            }
        }

        if (TryFind(entry.Key, image, out var found))
        {
            MergeInto(ref _records[found], entry.Combined);
        }
        else
        {
            Append(entry.Key, image, entry.Combined);
        }
    }

    private void MergeInto(ref (TKey Key, TCombined Combined) record, TCombined combined)
    {
        if (!TCombiner.KeepsFirst)
        {
            record.Combined = _combiner.Merge(record.Combined, combined);
        }
    }
}
