namespace CodegenStreaming.Codecs;

/// <summary>Writes nullable values.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TCodec">How it is written.</typeparam>
public readonly struct NullableCodec<T, TCodec> : ICodec<T?>
    where T : struct
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Optional(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, T? value)
    {
        if (writer.WritePresence(value.HasValue))
        {
            TCodec.Write(ref writer, value.GetValueOrDefault());
        }
    }

    /// <inheritdoc/>
    public static T? Read(ref RecordReader reader) => reader.ReadPresence() ? TCodec.Read(ref reader) : null;
}

/// <summary>Writes options.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TCodec">How it is written.</typeparam>
public readonly struct OptionCodec<T, TCodec> : ICodec<Option<T>>
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Optional(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, Option<T> value)
    {
        if (writer.WritePresence(value.HasValue))
        {
            TCodec.Write(ref writer, value.GetValueOrDefault()!);
        }
    }

    /// <inheritdoc/>
    public static Option<T> Read(ref RecordReader reader) => reader.ReadPresence() ? new Option<T>(TCodec.Read(ref reader)) : default;
}

/// <summary>Writes objects of just one class, and null where one is.</summary>
/// <typeparam name="T">The class.</typeparam>
/// <typeparam name="TCodec">How its members are written.</typeparam>
public readonly struct ObjectCodec<T, TCodec> : ICodec<T>
    where T : class
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Optional(TCodec.Schema);

    /// <inheritdoc/>
    /// <exception cref="StreamingException">The object is of a derived class, whose further members would be lost.</exception>
    public static void Write(ref RecordWriter writer, T value)
    {
        if (!writer.WritePresence(value is not null))
        {
            return;
        }

        if (value!.GetType() != typeof(T))
        {
            throw new StreamingException(
                $"An object of {value.GetType()} can't be written as {typeof(T)}: what the derived class adds would be lost. Convert it before it is stored.");
        }

        TCodec.Write(ref writer, value);
    }

    /// <inheritdoc/>
    public static T Read(ref RecordReader reader) => reader.ReadPresence() ? TCodec.Read(ref reader) : null!;
}

/// <summary>Writes pairs of a key and a value.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TKeyCodec">How it is written.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TValueCodec">How it is written.</typeparam>
public readonly struct KeyValuePairCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<KeyValuePair<TKey, TValue>>
    where TKeyCodec : struct, ICodec<TKey>
    where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record("KeyValuePair", ("Key", TKeyCodec.Schema), ("Value", TValueCodec.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, KeyValuePair<TKey, TValue> value)
    {
        TKeyCodec.Write(ref writer, value.Key);
        TValueCodec.Write(ref writer, value.Value);
    }

    /// <inheritdoc/>
    public static KeyValuePair<TKey, TValue> Read(ref RecordReader reader) => new(TKeyCodec.Read(ref reader), TValueCodec.Read(ref reader));
}
