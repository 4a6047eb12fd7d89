using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <content>
/// A table beyond the cache of a processor's core is waited for at nearly every record. So its records are staged: each asks for its bucket at once, and
/// some records later they are combined, in their order.
/// </content>
public sealed partial class CombineTable<TKey, TImage, TValue, TCombined, TCombiner>
{
    /// <summary>Records that are staged together: enough that the first line has come when the last was asked for, few enough that none is gone again.</summary>
    private const int StagedRecords = 32;

    /// <summary>From so many bytes on a table is large: beyond the cache of a processor's core.</summary>
    private const int LargeTable = 2 * 1024 * 1024;

    private readonly Staged[] _staged = new Staged[StagedRecords];
    private int _stagedCount;

    /// <summary>From how many bytes on records are staged; tests stage from the first on.</summary>
    internal long StagesFrom { get; init; } = LargeTable;

    /// <inheritdoc/>
    public override void Complete()
    {
        CombineStaged();
        if (RuntimeHelpers.IsReferenceOrContainsReferences<Staged>())
        {
            Array.Clear(_staged);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Stage(TKey key, TImage image, TValue value)
    {
        Prefetch.Line(in _index.Home(image.Hash).First);
        var count = _stagedCount;
        ref var staged = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_staged), count);
        staged.Key = key;
        staged.Image = image;
        staged.Value = value;
        _stagedCount = ++count;
        if (count == StagedRecords)
        {
            CombineStaged();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CombineStaged()
    {
        // First of all: a function that throws must not find them staged again.
        var staged = _staged.AsSpan(0, _stagedCount);
        _stagedCount = 0;
        for (var done = 0; done < staged.Length;)
        {
            done += CombineUsual(staged[done..]);
            if (done < staged.Length)
            {
                ref var record = ref staged[done++];
                AddElsewhere(record.Key, record.Image, record.Value);
            }
        }
    }

    /// <summary>
    /// Combines records up to the first that is not one of the usual cases, and returns how many. What the table knows is in locals meanwhile, so that the
    /// processor looks at the next records while it waits for one. Where a function throws, the count is wrong; nobody uses the table again.
    /// </summary>
    private int CombineUsual(Span<Staged> staged)
    {
        var (index, images, count, capacity) = (_index, _images, _count, _capacity);
        ref var records = ref MemoryMarshal.GetArrayDataReference(_records);
        var done = 0;
        for (; done < staged.Length; done++)
        {
            ref var next = ref staged[done];
            var hash = next.Image.Hash;
            var tag = index.TagOf(hash);
            var bucket = index.Home(hash);
            var found = bucket.Find(tag, (uint)count);
            if (found == 0)
            {
                if (count == capacity || !bucket.TryAddFirst(tag, count))
                {
                    break;
                }

                if (KeptImages<TImage>.AreKept)
                {
                    images[count] = next.Image;
                }

                Unsafe.Add(ref records, count) = (next.Key, _combiner.Create(next.Value)); // Less than the capacity, which is at most the array's length.
                count++;
                continue;
            }

            var entry = bucket.EntryOf(found, tag);
            ref var record = ref Unsafe.Add(ref records, entry); // Less than the count.
            if (!_combiner.AreEqual(in record.Key, KeptImages<TImage>.AreKept ? images[entry] : default, next.Key, next.Image))
            {
                break;
            }

            record.Combined = _combiner.Add(record.Combined, next.Value);
        }

        _count = count;
        return done;
    }

    private struct Staged
    {
        public TKey Key;
        public TImage Image;
        public TValue Value;
    }
}
