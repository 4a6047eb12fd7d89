using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Heroic;

/// <summary>
/// The one billion rows on one thread: the file in chunks of a megabyte that stay in the cache, the semicolon found with a vector, the number made of its
/// eight bytes at once, and stations in a table keyed by the first sixteen bytes of their name; longer names are compared in full.
/// </summary>
internal sealed class HeroicOneBrc(string path)
{
    private const int ChunkLength = 1 << 20;
    private const int LongestRow = 128;
    private const int Padding = 64;
    private const int Bits = 15;

    private readonly byte[] _buffer = new byte[LongestRow + ChunkLength + Padding];
    private readonly Station[] _stations = new Station[1 << Bits];
    private readonly List<byte[]> _names = [];

    public long Run()
    {
        Array.Clear(_stations);
        _names.Clear();
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var position = 0L;
        var kept = 0;
        while (RandomAccess.Read(file, _buffer.AsSpan(kept, ChunkLength), position) is > 0 and var read)
        {
            position += read;
            var length = kept + read;
            var whole = _buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            AddRows(whole);
            kept = length - whole;
            _buffer.AsSpan(whole, kept).CopyTo(_buffer);
        }

        var checksum = 0L;
        foreach (ref readonly var station in _stations.AsSpan())
        {
            if (station.Count > 0)
            {
                checksum += OneBrcWorkload.Weight(_names[station.Name], new Temperatures(station.Minimum, station.Maximum, station.Count, station.Sum));
            }
        }

        return checksum;
    }

    private void AddRows(int length)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_buffer);
        var semicolon = Vector256.Create((byte)';');
        var position = 0;
        while (position < length)
        {
            ref var name = ref Unsafe.Add(ref first, position);
            var nameLength = 0;
            uint found;
            // A row is whole, so it has a semicolon; 64 bytes of padding lie behind the buffer.
            while ((found = Vector256.Equals(Vector256.LoadUnsafe(ref name, (nuint)nameLength), semicolon).ExtractMostSignificantBits()) == 0)
            {
                nameLength += Vector256<byte>.Count;
            }

            nameLength += BitOperations.TrailingZeroCount(found);
            var (tenths, numberLength) = Parse(Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref name, nameLength + 1)));
            Add(ref name, nameLength, tenths);
            position += nameLength + 1 + numberLength + 1;
        }
    }

    /// <summary>
    /// A number of one or two digits, a point and a digit, from the eight bytes at it. The point is the byte whose bit 4 is not set; the digits are
    /// moved to fixed places, and one multiplication weighs and adds them.
    /// </summary>
    private static (int Tenths, int Length) Parse(long bytes)
    {
        var point = BitOperations.TrailingZeroCount(~bytes & 0x10101000);
        var sign = (~bytes << 59) >> 63; // All ones where the first byte is a minus.
        var digits = ((bytes & ~(sign & 0xFF)) << (28 - point)) & 0x0F000F0F00;
        var absolute = (int)(((ulong)(digits * 0x640A0001) >> 32) & 0x3FF);
        return ((absolute ^ (int)sign) - (int)sign, (point >> 3) + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref byte name, int length, int tenths)
    {
        var key = (Vector128.LoadUnsafe(ref name) & Vector128.LoadUnsafe(in Masks[16 - Math.Min(length, 16)])).AsUInt64();
        var (low, high) = (key[0], key[1]);
        var index = (uint)(((low ^ (high * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93) >> (64 - Bits));
        ref var stations = ref MemoryMarshal.GetArrayDataReference(_stations);
        while (true)
        {
            ref var station = ref Unsafe.Add(ref stations, index); // An index has no more bits than the table has slots for.
            if (station.Low == low && station.High == high && station.Length == length
                && (length <= 16 || MemoryMarshal.CreateReadOnlySpan(ref name, length).SequenceEqual(_names[station.Name])))
            {
                station.Minimum = Math.Min(station.Minimum, tenths);
                station.Maximum = Math.Max(station.Maximum, tenths);
                station.Count++;
                station.Sum += tenths;
                return;
            }

            if (station.Length == 0)
            {
                station = new Station { Low = low, High = high, Length = length, Name = _names.Count, Minimum = tenths, Maximum = tenths, Count = 1, Sum = tenths };
                _names.Add(MemoryMarshal.CreateReadOnlySpan(ref name, length).ToArray());
                return;
            }

            index = (index + 1) & ((1 << Bits) - 1);
        }
    }

    /// <summary>Sixteen bytes from position 16 - n keep the first n bytes of a vector.</summary>
    private static ReadOnlySpan<byte> Masks =>
        [
            255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ];

    private struct Station
    {
        public ulong Low;
        public ulong High;
        public int Length;
        public int Name;
        public int Minimum;
        public int Maximum;
        public int Count;
        public long Sum;
    }
}
