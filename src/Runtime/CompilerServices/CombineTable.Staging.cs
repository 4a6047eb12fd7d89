using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <content>
/// A table that no cache of the processor holds is waited for at every record. So its records are staged: each asks for its slot at once, then
/// all ask for their entries, and only then they are combined, in their order.
/// </content>
public sealed partial class CombineTable<TKey, TImage, TValue, TCombined, TCombiner>
{
    /// <summary>Records that are staged together: enough that the first line has come when the last was asked for, few enough that none is gone again.</summary>
    private const int StagedRecords = 64;

    /// <summary>From so many bytes on records are staged: where it is memory that is waited for, and not a cache.</summary>
    private const int HugeTable = 16 * 1024 * 1024;

    private readonly Staged[] _staged = new Staged[StagedRecords];
    private int _stagedCount;

    /// <summary>From how many bytes on records are staged; tests stage from the first on.</summary>
    internal long StagesFrom { get; init; } = HugeTable;

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
        ref var staged = ref _staged[count];
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
        foreach (ref var record in staged)
        {
            var hash = record.Image.Hash;
            var tag = _index.TagOf(hash);
            var bucket = _index.Home(hash);
            var found = bucket.Find(tag, (uint)_count);
            if (found != 0)
            {
                Prefetch.Line(in _records[bucket.EntryOf(found, tag)]);
            }
        }

        foreach (ref var record in staged)
        {
            if (!TryAddToBucket(record.Key, record.Image, record.Value, isSmall: false))
            {
                AddElsewhere(record.Key, record.Image, record.Value);
            }
        }
    }

    private struct Staged
    {
        public TKey Key;
        public TImage Image;
        public TValue Value;
    }
}
