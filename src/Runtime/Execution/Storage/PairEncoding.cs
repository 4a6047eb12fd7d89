using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>Pairs of two types that have codecs, where the pair itself has none: some first elements, then their second ones.</summary>
internal sealed class PairEncoding<TFirst, TSecond>(RecordCodec<TFirst> first, RecordCodec<TSecond> second) : BlockEncoding<(TFirst, TSecond)>
{
    /// <summary>How many pairs are divided at once, and before the chunk's length is looked at.</summary>
    private const int Step = 64;

    public override int Encode(ReadOnlySpan<(TFirst, TSecond)> records, ChunkBuffer chunk)
    {
        var writer = new RecordWriter(chunk.Pool);
        var (firsts, seconds) = (chunk.Pool.Rent<TFirst>(Step), chunk.Pool.Rent<TSecond>(Step));
        try
        {
            var count = 0;
            while (count < records.Length && writer.Length < ChunkLength)
            {
                var step = Math.Min(Step, records.Length - count);
                for (var index = 0; index < step; index++)
                {
                    (firsts[index], seconds[index]) = records[count + index];
                }

                first.WriteAll(ref writer, firsts.AsSpan(0, step));
                second.WriteAll(ref writer, seconds.AsSpan(0, step));
                count += step;
            }

            chunk.Write(writer.Written);
            return count;
        }
        finally
        {
            chunk.Pool.Return(firsts, Step);
            chunk.Pool.Return(seconds, Step);
            writer.Dispose();
        }
    }

    public override void Decode(ReadOnlySpan<byte> chunk, Span<(TFirst, TSecond)> records)
    {
        var reader = new RecordReader(chunk);
        var (firsts, seconds) = (new TFirst[Step], new TSecond[Step]);
        for (var start = 0; start < records.Length; start += Step)
        {
            var step = Math.Min(Step, records.Length - start);
            first.ReadAll(ref reader, firsts.AsSpan(0, step));
            second.ReadAll(ref reader, seconds.AsSpan(0, step));
            for (var index = 0; index < step; index++)
            {
                records[start + index] = (firsts[index], seconds[index]);
            }
        }

        if (reader.Remaining > 0)
        {
            throw new InvalidDataException($"{reader.Remaining} bytes are left behind the records.");
        }
    }
}
