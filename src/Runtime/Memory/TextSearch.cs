using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CodegenStreaming.Memory;

/// <summary>
/// Searches the text of a block for a text. Two bytes of what is wanted, those that text has most rarely, are looked for at once, each at its place; only where both
/// stand the rest is compared. Where there is nothing, and mostly there is nothing, four masks are made and one condition is tested for 256 bytes.
/// </summary>
internal readonly ref struct TextSearch
{
    private const int Stride = 4 * ByteMask.Length;

    /// <summary>How far ahead memory is asked for: the processor itself does not look beyond the page, and a search needs less time for one than memory does.</summary>
    private const int Ahead = 8192;

    /// <summary>The letters from the one that is most frequent in text on; what is not among them is rarer.</summary>
    private static ReadOnlySpan<byte> FrequentBytes => " etaoinsrhldcumfpgwybvk0123456789.,-/_:=\"xjqz"u8;

    private readonly ReadOnlySpan<byte> _wanted;
    private readonly int _rarePlace;
    private readonly int _otherPlace;
    private readonly byte _rare;
    private readonly byte _other;

    /// <param name="wanted">What is looked for; not empty.</param>
    public TextSearch(ReadOnlySpan<byte> wanted)
    {
        ArgumentOutOfRangeException.ThrowIfZero(wanted.Length, nameof(wanted));
        _wanted = wanted;
        for (var place = 1; place < wanted.Length; place++)
        {
            if (Rarity(wanted[place]) > Rarity(wanted[_rarePlace]))
            {
                _rarePlace = place;
            }
        }

        // The same byte twice says little: another one, if there is any.
        _otherPlace = _rarePlace == 0 ? wanted.Length - 1 : 0;
        for (var place = 0; place < wanted.Length; place++)
        {
            if (wanted[place] != wanted[_rarePlace] && (wanted[_otherPlace] == wanted[_rarePlace] || Rarity(wanted[place]) > Rarity(wanted[_otherPlace])))
            {
                _otherPlace = place;
            }
        }

        (_rare, _other) = (wanted[_rarePlace], wanted[_otherPlace]);
    }

    /// <summary>The first place from a position on where the text stands; -1 where there is none.</summary>
    /// <param name="text">The first byte of a block.</param>
    /// <param name="position">Where the search begins.</param>
    /// <param name="end">Behind what is searched; the block's padding follows it, or more text.</param>
    // Compiled for good at once: vectors in code that is not optimised yet are slower by an order of magnitude.
    // Every load begins at a place of the two bytes in an occurrence that lies before the end, hence within the text, and stays within the padding.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(ref byte text, int position, int end)
    {
        var places = end - _wanted.Length + 1;
        while (position < places)
        {
            ref var rare = ref Unsafe.Add(ref text, (nint)(uint)(position + _rarePlace));
            ref var other = ref Unsafe.Add(ref text, (nint)(uint)(position + _otherPlace));
            for (; position <= places - Stride; position += Stride)
            {
                Prefetch.Line(in Unsafe.Add(ref rare, Ahead));
                Prefetch.Line(in Unsafe.Add(ref rare, Ahead + ByteMask.Length));
                Prefetch.Line(in Unsafe.Add(ref rare, Ahead + (2 * ByteMask.Length)));
                Prefetch.Line(in Unsafe.Add(ref rare, Ahead + (3 * ByteMask.Length)));
                if ((MaskAt(ref rare, ref other, 0) | MaskAt(ref rare, ref other, 1) | MaskAt(ref rare, ref other, 2) | MaskAt(ref rare, ref other, 3)) != 0)
                {
                    break;
                }

                rare = ref Unsafe.Add(ref rare, Stride);
                other = ref Unsafe.Add(ref other, Stride);
            }

            // The masks again, one by one.
            for (var part = 0; part < 4 && position < places; part++, position += ByteMask.Length)
            {
                for (var found = MaskAt(ref rare, ref other, part) & ByteMask.Lowest(places - position); found != 0; found &= found - 1)
                {
                    var place = position + BitOperations.TrailingZeroCount(found);
                    if (MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, (nint)(uint)place), _wanted.Length).SequenceEqual(_wanted))
                    {
                        return place;
                    }
                }
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong MaskAt(ref byte rare, ref byte other, int part) =>
        ByteMask.Of(in Unsafe.Add(ref rare, part * ByteMask.Length), _rare) & ByteMask.Of(in Unsafe.Add(ref other, part * ByteMask.Length), _other);

    private static int Rarity(byte value) => FrequentBytes.IndexOf(value) is >= 0 and var rank ? rank : byte.MaxValue;
}
