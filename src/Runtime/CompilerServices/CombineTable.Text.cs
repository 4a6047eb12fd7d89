using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <content>
/// Keys that are text of a block which is given up before the task ends: each is copied once, when it is new, so that counting the words of a file holds its
/// words in memory and not the file.
/// </content>
public sealed partial class CombineTable<TKey, TImage, TValue, TCombined, TCombiner>
{
    /// <summary>The first entries, whose keys are in memory of their own.</summary>
    private int _keysOfItsOwn;

    /// <inheritdoc/>
    internal override bool KeepsText => typeof(TKey) == typeof(Utf8Slice)
        ? RuntimeHelpers.IsReferenceOrContainsReferences<TCombined>() && TextContent.IsIn(typeof(TCombined))
        : base.KeepsText;

    /// <inheritdoc/>
    internal override void LeaveText()
    {
        CombineStaged();
        if (typeof(TKey) != typeof(Utf8Slice) || _keysOfItsOwn == _count)
        {
            return;
        }

        var keys = _records.AsSpan(_keysOfItsOwn, _count - _keysOfItsOwn);
        var length = 0;
        foreach (ref var record in keys)
        {
            length = checked(length + KeyOf(ref record).Length + 1);
        }

        var (bytes, ends) = (new byte[length + Utf8TextBlock.Padding], new int[keys.Length]);
        var end = 0;
        for (var index = 0; index < keys.Length; index++)
        {
            var key = KeyOf(ref keys[index]).Span;
            key.CopyTo(bytes.AsSpan(end));
            end += key.Length;
            bytes[end] = Utf8TextBlock.LineEnd;
            ends[index] = end++;
        }

        var text = new Utf8TextBlock(bytes, length, ends, keys.Length, pool: null);
        for (var index = 0; index < keys.Length; index++)
        {
            ref var key = ref KeyOf(ref keys[index]);
            key = new Utf8Slice(text, ends[index] - key.Length, key.Length);
        }

        _keysOfItsOwn = _count;
    }

    /// <summary>The key as what it is: the caller has asked for its type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Utf8Slice KeyOf(ref (TKey Key, TCombined Combined) record) => ref Unsafe.As<TKey, Utf8Slice>(ref record.Key);
}
