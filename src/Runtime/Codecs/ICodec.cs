namespace CodegenStreaming.Codecs;

/// <summary>
/// How values of a type are written as bytes, and read again. A codec is a structure without fields whose members are static, so that one made of others
/// (<c>ListCodec&lt;int, Int32Codec&gt;</c>) is compiled into direct calls. The generator writes one for each record type that needs it; a codec of
/// one's own becomes usable by <see cref="RecordCodec.Of{T, TCodec}"/>.
/// </summary>
/// <typeparam name="T">The values' type.</typeparam>
public interface ICodec<T>
{
    /// <summary>What <see cref="Write"/> writes, exactly: it is stored with the data, and decides what may read it.</summary>
    static abstract RecordSchema Schema { get; }

    /// <summary>
    /// True where values lie in memory just as they are written, and where any bytes of that length are a value: then many of them are copied at once.
    /// Never true for a type that holds references.
    /// </summary>
    static virtual bool IsRaw => false;

    /// <summary>Writes a value: at least one byte.</summary>
    static abstract void Write(ref RecordWriter writer, T value);

    /// <summary>Reads what <see cref="Write"/> has written. From other bytes it gives some value or throws <see cref="CorruptRecordException"/>.</summary>
    static abstract T Read(ref RecordReader reader);
}
