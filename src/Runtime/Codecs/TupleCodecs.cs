namespace CodegenStreaming.Codecs;

/// <summary>Writes tuples of one element.</summary>
public readonly struct TupleCodec<T1, TCodec1> : ICodec<ValueTuple<T1>>
    where TCodec1 : struct, ICodec<T1>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record("tuple", ("Item1", TCodec1.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, ValueTuple<T1> value)
    {
        TCodec1.Write(ref writer, value.Item1);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1> Read(ref RecordReader reader) =>
        new(TCodec1.Read(ref reader));
}

/// <summary>Writes tuples of two elements.</summary>
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2> : ICodec<(T1, T2)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record("tuple", ("Item1", TCodec1.Schema), ("Item2", TCodec2.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, (T1, T2) value)
    {
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
    }

    /// <inheritdoc/>
    public static (T1, T2) Read(ref RecordReader reader) =>
        (TCodec1.Read(ref reader), TCodec2.Read(ref reader));
}

/// <summary>Writes tuples of three elements.</summary>
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2, T3, TCodec3> : ICodec<(T1, T2, T3)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
    where TCodec3 : struct, ICodec<T3>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record("tuple", ("Item1", TCodec1.Schema), ("Item2", TCodec2.Schema), ("Item3", TCodec3.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, (T1, T2, T3) value)
    {
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
    }

    /// <inheritdoc/>
    public static (T1, T2, T3) Read(ref RecordReader reader) =>
        (TCodec1.Read(ref reader), TCodec2.Read(ref reader), TCodec3.Read(ref reader));
}

/// <summary>Writes tuples of four elements.</summary>
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2, T3, TCodec3, T4, TCodec4> : ICodec<(T1, T2, T3, T4)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
    where TCodec3 : struct, ICodec<T3>
    where TCodec4 : struct, ICodec<T4>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record("tuple", ("Item1", TCodec1.Schema), ("Item2", TCodec2.Schema), ("Item3", TCodec3.Schema), ("Item4", TCodec4.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, (T1, T2, T3, T4) value)
    {
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
    }

    /// <inheritdoc/>
    public static (T1, T2, T3, T4) Read(ref RecordReader reader) =>
        (TCodec1.Read(ref reader), TCodec2.Read(ref reader), TCodec3.Read(ref reader), TCodec4.Read(ref reader));
}

/// <summary>Writes tuples of five elements.</summary>
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2, T3, TCodec3, T4, TCodec4, T5, TCodec5> : ICodec<(T1, T2, T3, T4, T5)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
    where TCodec3 : struct, ICodec<T3>
    where TCodec4 : struct, ICodec<T4>
    where TCodec5 : struct, ICodec<T5>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record("tuple", ("Item1", TCodec1.Schema), ("Item2", TCodec2.Schema), ("Item3", TCodec3.Schema), ("Item4", TCodec4.Schema), ("Item5", TCodec5.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, (T1, T2, T3, T4, T5) value)
    {
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        TCodec5.Write(ref writer, value.Item5);
    }

    /// <inheritdoc/>
    public static (T1, T2, T3, T4, T5) Read(ref RecordReader reader) =>
        (TCodec1.Read(ref reader), TCodec2.Read(ref reader), TCodec3.Read(ref reader), TCodec4.Read(ref reader), TCodec5.Read(ref reader));
}

/// <summary>Writes tuples of six elements.</summary>
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2, T3, TCodec3, T4, TCodec4, T5, TCodec5, T6, TCodec6> : ICodec<(T1, T2, T3, T4, T5, T6)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
    where TCodec3 : struct, ICodec<T3>
    where TCodec4 : struct, ICodec<T4>
    where TCodec5 : struct, ICodec<T5>
    where TCodec6 : struct, ICodec<T6>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record("tuple", ("Item1", TCodec1.Schema), ("Item2", TCodec2.Schema), ("Item3", TCodec3.Schema), ("Item4", TCodec4.Schema), ("Item5", TCodec5.Schema), ("Item6", TCodec6.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, (T1, T2, T3, T4, T5, T6) value)
    {
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        TCodec5.Write(ref writer, value.Item5);
        TCodec6.Write(ref writer, value.Item6);
    }

    /// <inheritdoc/>
    public static (T1, T2, T3, T4, T5, T6) Read(ref RecordReader reader) =>
        (TCodec1.Read(ref reader), TCodec2.Read(ref reader), TCodec3.Read(ref reader), TCodec4.Read(ref reader), TCodec5.Read(ref reader), TCodec6.Read(ref reader));
}

/// <summary>Writes tuples of seven elements.</summary>
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2, T3, TCodec3, T4, TCodec4, T5, TCodec5, T6, TCodec6, T7, TCodec7> : ICodec<(T1, T2, T3, T4, T5, T6, T7)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
    where TCodec3 : struct, ICodec<T3>
    where TCodec4 : struct, ICodec<T4>
    where TCodec5 : struct, ICodec<T5>
    where TCodec6 : struct, ICodec<T6>
    where TCodec7 : struct, ICodec<T7>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record("tuple", ("Item1", TCodec1.Schema), ("Item2", TCodec2.Schema), ("Item3", TCodec3.Schema), ("Item4", TCodec4.Schema), ("Item5", TCodec5.Schema), ("Item6", TCodec6.Schema), ("Item7", TCodec7.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, (T1, T2, T3, T4, T5, T6, T7) value)
    {
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        TCodec5.Write(ref writer, value.Item5);
        TCodec6.Write(ref writer, value.Item6);
        TCodec7.Write(ref writer, value.Item7);
    }

    /// <inheritdoc/>
    public static (T1, T2, T3, T4, T5, T6, T7) Read(ref RecordReader reader) =>
        (TCodec1.Read(ref reader), TCodec2.Read(ref reader), TCodec3.Read(ref reader), TCodec4.Read(ref reader), TCodec5.Read(ref reader), TCodec6.Read(ref reader), TCodec7.Read(ref reader));
}

/// <summary>Writes tuples of more than seven elements: the rest is a tuple within.</summary>
public readonly struct TupleCodec<T1, TCodec1, T2, TCodec2, T3, TCodec3, T4, TCodec4, T5, TCodec5, T6, TCodec6, T7, TCodec7, TRest, TCodecOfRest>
    : ICodec<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : struct
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
    where TCodec3 : struct, ICodec<T3>
    where TCodec4 : struct, ICodec<T4>
    where TCodec5 : struct, ICodec<T5>
    where TCodec6 : struct, ICodec<T6>
    where TCodec7 : struct, ICodec<T7>
    where TCodecOfRest : struct, ICodec<TRest>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Record(
        "tuple",
        ("Item1", TCodec1.Schema),
        ("Item2", TCodec2.Schema),
        ("Item3", TCodec3.Schema),
        ("Item4", TCodec4.Schema),
        ("Item5", TCodec5.Schema),
        ("Item6", TCodec6.Schema),
        ("Item7", TCodec7.Schema),
        ("Rest", TCodecOfRest.Schema));

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
    {
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        TCodec5.Write(ref writer, value.Item5);
        TCodec6.Write(ref writer, value.Item6);
        TCodec7.Write(ref writer, value.Item7);
        TCodecOfRest.Write(ref writer, value.Rest);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> Read(ref RecordReader reader) => new(
        TCodec1.Read(ref reader),
        TCodec2.Read(ref reader),
        TCodec3.Read(ref reader),
        TCodec4.Read(ref reader),
        TCodec5.Read(ref reader),
        TCodec6.Read(ref reader),
        TCodec7.Read(ref reader),
        TCodecOfRest.Read(ref reader));
}
