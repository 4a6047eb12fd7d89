namespace CodegenStreaming.Codecs;

/// <summary>Many values of one codec, at once where their memory is what is written.</summary>
internal static class CodecElements
{
    public static void Write<T, TCodec>(ref RecordWriter writer, scoped ReadOnlySpan<T> values)
        where TCodec : struct, ICodec<T>
    {
        if (TCodec.IsRaw)
        {
            writer.WriteRaw(values);
            return;
        }

        foreach (ref readonly var value in values)
        {
            TCodec.Write(ref writer, value);
        }
    }

    public static void Read<T, TCodec>(ref RecordReader reader, scoped Span<T> values)
        where TCodec : struct, ICodec<T>
    {
        if (TCodec.IsRaw)
        {
            reader.ReadRaw(values);
            return;
        }

        foreach (ref var value in values)
        {
            value = TCodec.Read(ref reader);
        }
    }
}
