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

    /// <summary>Writes the first of some values, until the writer holds so many bytes; at least one.</summary>
    /// <returns>How many.</returns>
    public static int WriteSome<T, TCodec>(ref RecordWriter writer, scoped ReadOnlySpan<T> values, int length)
        where TCodec : struct, ICodec<T>
    {
        if (TCodec.IsRaw)
        {
            var room = Math.Max(length - writer.Length, 0) / TCodec.Schema.MinimumSize;
            var count = Math.Min(values.Length, room + 1);
            writer.WriteRaw(values[..count]);
            return count;
        }

        for (var index = 0; index < values.Length; index++)
        {
            TCodec.Write(ref writer, values[index]);
            if (writer.Length >= length)
            {
                return index + 1;
            }
        }

        return values.Length;
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
