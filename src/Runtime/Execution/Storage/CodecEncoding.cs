using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>Records by their codec, one after another.</summary>
internal sealed class CodecEncoding<T>(RecordCodec<T> codec) : BlockEncoding<T>
{
    /// <summary>How many records are written before the chunk's length is looked at.</summary>
    private const int Step = 64;

    public override int Encode(ReadOnlySpan<T> records, ChunkBuffer chunk)
    {
        var writer = new RecordWriter(chunk.Pool);
        try
        {
            var count = 0;
            while (count < records.Length && writer.Written.Length < ChunkLength)
            {
                var step = records.Slice(count, Math.Min(Step, records.Length - count));
                codec.WriteAll(ref writer, step);
                count += step.Length;
            }

            chunk.Write(writer.Written);
            return count;
        }
        finally
        {
            writer.Dispose();
        }
    }

    public override void Decode(ReadOnlySpan<byte> chunk, Span<T> records)
    {
        var reader = new RecordReader(chunk);
        codec.ReadAll(ref reader, records);
        if (reader.Remaining > 0)
        {
            throw new InvalidDataException($"{reader.Remaining} bytes are left behind the records.");
        }
    }
}
