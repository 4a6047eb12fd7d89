using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>A codec as an object, to be handed to operators. Immutable, hence thread-safe.</summary>
public abstract class RecordCodec
{
    private protected RecordCodec()
    {
    }

    /// <summary>The type of the records.</summary>
    public abstract Type RecordType { get; }

    /// <summary>What it writes.</summary>
    public abstract RecordSchema Schema { get; }

    /// <summary>The codec of a structure of static members as an object.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <typeparam name="TCodec">How they are written.</typeparam>
    public static RecordCodec<T> Of<T, TCodec>()
        where TCodec : struct, ICodec<T> => new RecordCodec<T, TCodec>();
}

/// <summary>How records of a type are written as bytes.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public abstract class RecordCodec<T> : RecordCodec
{
    private protected RecordCodec()
    {
    }

    /// <inheritdoc/>
    public sealed override Type RecordType => typeof(T);

    /// <summary>A record as bytes, without the schema.</summary>
    public byte[] Encode(T record)
    {
        var writer = new RecordWriter(new BlockPool());
        try
        {
            WriteAll(ref writer, [record]);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The record that was written as these bytes.</summary>
    /// <exception cref="CorruptRecordException">They are no record, or there are more of them than it takes.</exception>
    public T Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new RecordReader(bytes);
        T record = default!;
        ReadAll(ref reader, new Span<T>(ref record));
        if (reader.Remaining > 0)
        {
            reader.Fail($"{reader.Remaining} bytes are left behind the record");
        }

        return record;
    }

    /// <summary>Writes records one after another, without their number.</summary>
    internal abstract void WriteAll(ref RecordWriter writer, scoped ReadOnlySpan<T> records);

    /// <summary>Writes the first of some records, until the writer holds so many bytes; at least one.</summary>
    /// <returns>How many.</returns>
    internal abstract int WriteSome(ref RecordWriter writer, scoped ReadOnlySpan<T> records, int length);

    /// <summary>Reads so many records.</summary>
    internal abstract void ReadAll(ref RecordReader reader, scoped Span<T> records);
}

internal sealed class RecordCodec<T, TCodec> : RecordCodec<T>
    where TCodec : struct, ICodec<T>
{
    public override RecordSchema Schema => TCodec.Schema;

    internal override void WriteAll(ref RecordWriter writer, scoped ReadOnlySpan<T> records) => CodecElements.Write<T, TCodec>(ref writer, records);

    internal override int WriteSome(ref RecordWriter writer, scoped ReadOnlySpan<T> records, int length) =>
        CodecElements.WriteSome<T, TCodec>(ref writer, records, length);

    internal override void ReadAll(ref RecordReader reader, scoped Span<T> records) => CodecElements.Read<T, TCodec>(ref reader, records);
}
