using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// A hash table from keys to combinations. The entries are the records of the block that the task makes, so nothing is copied at its end; beside them
/// lie the images of their keys, and an index finds both. The index and the images stay from task to task. Key functions come from a struct, so that they
/// are inlined.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TImage">What is kept of a key to find it again.</typeparam>
/// <typeparam name="TValue">The value of a record.</typeparam>
/// <typeparam name="TCombined">What the values of one key are combined into.</typeparam>
/// <typeparam name="TCombiner">The functions; a non-generic struct.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class CombineTable<TKey, TImage, TValue, TCombined, TCombiner> : CombineOutput<TKey, TValue, TCombined>
    where TImage : unmanaged, IKeyImage
    where TCombiner : struct, ICombiner<TKey, TImage, TValue, TCombined>
{
    private TCombiner _combiner;
    private HashIndex _index = new(HashIndex.MinimumCapacity);
    private TImage[] _images = KeptImages<TImage>.New(HashIndex.MinimumCapacity);
    private (TKey Key, TCombined Combined)[] _records = [];

    /// <summary>Entries of <see cref="_records"/> and <see cref="_images"/> in use; never more than either has.</summary>
    private int _count;

    /// <summary>The entries that there is room for in all three.</summary>
    private int _capacity;
    private TableSize _size;
    private bool _stages;
    private bool _isReserved;
    private BlockPool? _pool;

    /// <summary>Makes an empty table.</summary>
    public CombineTable(TCombiner combiner) => _combiner = combiner;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    internal override ReadOnlySpan<(TKey Key, TCombined Combined)> Entries => _records.AsSpan(0, _count);

    /// <summary>What the table keeps from task to task.</summary>
    internal long ByteSize => _index.ByteSize + ((long)_images.Length * Unsafe.SizeOf<TImage>());

    /// <summary>Adds a value to its key's combination, now or with the records that follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TKey key, TValue value)
    {
        var image = _combiner.ImageOf(key);
        if (!_stages)
        {
            // The usual case of a small table: the key is there, in the slot that is best for it.
            var number = _index.BestEntryOf(image.Hash);
            if (number < (uint)_count)
            {
                ref var record = ref RecordAt(number);
                if (_combiner.AreEqual(in record.Key, CompareImage(number), key, image))
                {
                    AddTo(ref record, value);
                    return;
                }
            }
        }
        else
        {
            Stage(key, image, value);
            return;
        }

        AddSlowly(key, image, value);
    }

    /// <inheritdoc/>
    public override void Write((TKey, TValue) record) => Add(record.Item1, record.Item2);

    /// <inheritdoc/>
    internal override void Begin(BlockPool pool)
    {
        _pool = pool;
        _keysOfItsOwn = 0;
        _records = pool.Rent<(TKey, TCombined)>(_size.Expected);
        Adapt();
    }

    /// <inheritdoc/>
    internal override ArrayBlock<(TKey Key, TCombined Combined)> ToBlock()
    {
        var block = new ArrayBlock<(TKey Key, TCombined Combined)>(_records, _count, _pool);
        ClearIndex();
        _records = [];
        _count = _capacity = 0;
        return block;
    }

    private protected override void Abandon()
    {
        _pool!.Drop(_records);
        _records = [];
    }

    /// <summary>What an entry's key is compared by, beside the key itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TImage CompareImage(uint entry)
    {
        if (!KeptImages<TImage>.AreKept)
        {
            return default;
        }

        // Within the array, as its record is: there are as many images as records. Unchecked, because keys that do not look at it then do not load it.
        Debug.Assert(entry < (uint)_images.Length);
        return Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_images), entry);
    }

    private uint HashOf(int entry) => (KeptImages<TImage>.AreKept ? _images[entry] : _combiner.ImageOf(_records[entry].Key)).Hash;

    // Within the array: an entry's number is less than the count, and that is at most the array's length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref (TKey Key, TCombined Combined) RecordAt(uint entry)
    {
        Debug.Assert(entry < (uint)_records.Length);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_records), entry);
    }

    /// <summary>
    /// What the inlined case leaves over, of which the usual ones come first: the key is in its home bucket, and the only one there that looks like it; or
    /// none there does, and there is room.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddSlowly(TKey key, TImage image, TValue value)
    {
        var hash = image.Hash;
        var tag = _index.TagOf(hash);
        var bucket = _index.Home(hash);
        var count = _count;
        var found = bucket.Find(tag, (uint)count);
        if (found != 0)
        {
            var entry = bucket.EntryOf(found, tag);
            ref var record = ref RecordAt(entry);
            if (_combiner.AreEqual(in record.Key, CompareImage(entry), key, image))
            {
                AddTo(ref record, value);
                return;
            }
        }
        else if (count < _capacity && bucket.TryAdd(tag, count, _index.BestOf(hash)))
        {
            // A function that throws leaves the slot of an entry that is none; nobody uses the table again.
            if (KeptImages<TImage>.AreKept)
            {
                _images[count] = image;
            }

            RecordAt((uint)count) = (key, _combiner.Create(value));
            _count = count + 1;
            return;
        }

        AddElsewhere(key, image, value);
    }

    // Writing back what was there would leave a line that has to be written out again when it leaves the cache.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddTo(ref (TKey Key, TCombined Combined) record, TValue value)
    {
        if (!TCombiner.KeepsFirst)
        {
            record.Combined = _combiner.Add(record.Combined, value);
        }
    }

    /// <summary>The key is new to its home bucket; or it is new, or elsewhere.</summary>
    private void AddElsewhere(TKey key, TImage image, TValue value)
    {
        if (TryFind(key, image, out var entry))
        {
            AddTo(ref _records[entry], value);
        }
        else
        {
            Append(key, image, _combiner.Create(value));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFind(TKey key, TImage image, out uint entry)
    {
        var hash = image.Hash;
        var tag = _index.TagOf(hash);
        var number = _index.HomeOf(hash);
        for (var bucket = _index.Home(hash); ; bucket = _index.After(ref number))
        {
            for (var found = bucket.Find(tag, (uint)_count); found != 0; found &= found - 1)
            {
                entry = bucket.EntryOf(found, tag);
                if (_combiner.AreEqual(in _records[entry].Key, CompareImage(entry), key, image))
                {
                    return true;
                }
            }

            if (bucket.HasFree)
            {
                entry = 0;
                return false;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(TKey key, TImage image, TCombined combined)
    {
        if (_count == _capacity)
        {
            Grow();
        }

        _index.Add(_count, image.Hash);
        if (KeptImages<TImage>.AreKept)
        {
            _images[_count] = image;
        }

        _records[_count] = (key, combined);
        _count++;
    }

    private void Grow()
    {
        if (Spill is { } spill && spill.IsOver(SizeFor(TableSize.Larger(_count)), Entries))
        {
            SpillEntries();
            return;
        }

        if (_count == _records.Length)
        {
            var larger = _pool!.Rent<(TKey, TCombined)>(TableSize.Larger(_count));
            Array.Copy(_records, larger, _count);
            GiveUpRecords();
            _records = larger;
        }

        if (_count == _index.Capacity)
        {
            _index = _index.ReplacedBy(TableSize.Larger(_count));
            for (var entry = 0; entry < _count; entry++)
            {
                _index.Add(entry, HashOf(entry));
            }
        }

        Adapt();
    }

    /// <summary>Large arrays that were outgrown do not lie in the pool: from now on the table begins with one that has room, unless it is told how much it needs.</summary>
    private void GiveUpRecords()
    {
        if (!_isReserved && (long)_records.Length * Unsafe.SizeOf<(TKey, TCombined)>() > LargeTable)
        {
            _pool!.Drop(_records);
        }
        else
        {
            _pool!.Return(_records, _count);
        }
    }

    /// <summary>Makes the images as many as the records, and decides how records are added.</summary>
    private void Adapt()
    {
        if (KeptImages<TImage>.AreKept && _images.Length < _records.Length)
        {
            Array.Resize(ref _images, _records.Length);
        }

        _capacity = Math.Min(_records.Length, _index.Capacity);
        var size = _index.ByteSize + ((long)_records.Length * (KeptImages<TImage>.Size + Unsafe.SizeOf<(TKey, TCombined)>()));
        _stages = size > StagesFrom;
    }

    private void ClearIndex()
    {
        if (_size.IsToShrink(_count, _index.Capacity))
        {
            _index = _index.ReplacedBy(_size.Expected);
            _images = KeptImages<TImage>.New(_size.Expected);
        }
        else if (TableSize.IsFew(_count, _index.Capacity))
        {
            for (var entry = 0; entry < _count; entry++)
            {
                _index.Free(entry, HashOf(entry));
            }
        }
        else
        {
            _index.Clear();
        }
    }
}
