namespace CodegenStreaming.Codecs;

/// <summary>Writes decimal numbers: their four words.</summary>
public readonly struct DecimalCodec : ICodec<decimal>
{
    private const int Words = 4;
    private const int FlagsWord = 3;
    private const int UsedFlags = unchecked((int)0x80FF0000);
    private const int ScaleShift = 16;
    private const int MaximumScale = 28;

    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Decimal);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, decimal value)
    {
        Span<int> words = stackalloc int[Words];
        decimal.GetBits(value, words);
        foreach (var word in words)
        {
            writer.WriteInt32(word);
        }
    }

    /// <inheritdoc/>
    public static decimal Read(ref RecordReader reader)
    {
        var start = reader.Position;
        Span<int> words = stackalloc int[Words];
        foreach (ref var word in words)
        {
            word = reader.ReadInt32();
        }

        var flags = words[FlagsWord];
        if ((flags & ~UsedFlags) != 0 || ((flags >> ScaleShift) & 0xFF) > MaximumScale)
        {
            reader.Fail("A decimal number has an impossible scale", start);
        }

        return new decimal(words);
    }
}

/// <summary>Writes GUIDs.</summary>
public readonly struct GuidCodec : ICodec<Guid>
{
    private const int Size = 16;

    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Guid);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, Guid value) => value.TryWriteBytes(writer.Reserve(Size));

    /// <inheritdoc/>
    public static Guid Read(ref RecordReader reader) => new(reader.ReadBytes(Size));
}

/// <summary>Writes dates with times: ticks, and the kind in the two highest bits.</summary>
public readonly struct DateTimeCodec : ICodec<DateTime>
{
    private const int KindShift = 62;

    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.DateTime);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, DateTime value) => writer.WriteInt64(value.Ticks | ((long)value.Kind << KindShift));

    /// <inheritdoc/>
    public static DateTime Read(ref RecordReader reader)
    {
        var start = reader.Position;
        var bits = reader.ReadInt64();
        var (ticks, kind) = (bits & ((1L << KindShift) - 1), (int)((ulong)bits >> KindShift));
        if (ticks > DateTime.MaxValue.Ticks || kind > (int)DateTimeKind.Local)
        {
            reader.Fail("A date lies behind the year 9999", start);
        }

        return new DateTime(ticks, (DateTimeKind)kind);
    }
}

/// <summary>Writes dates with times and their distance from UTC.</summary>
public readonly struct DateTimeOffsetCodec : ICodec<DateTimeOffset>
{
    private const int MaximumMinutes = 14 * 60;

    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.DateTimeOffset);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, DateTimeOffset value)
    {
        writer.WriteInt64(value.UtcTicks);
        writer.WriteInt16((short)value.TotalOffsetMinutes);
    }

    /// <inheritdoc/>
    public static DateTimeOffset Read(ref RecordReader reader)
    {
        var start = reader.Position;
        var (ticks, minutes) = (reader.ReadInt64(), reader.ReadInt16());
        var local = ticks + (minutes * TimeSpan.TicksPerMinute);
        if ((ulong)ticks > (ulong)DateTime.MaxValue.Ticks || Math.Abs((int)minutes) > MaximumMinutes || (ulong)local > (ulong)DateTime.MaxValue.Ticks)
        {
            reader.Fail("A date lies outside of the years 1 to 9999, or more than fourteen hours from UTC", start);
        }

        return new DateTimeOffset(local, TimeSpan.FromMinutes(minutes));
    }
}

/// <summary>Writes spans of time.</summary>
public readonly struct TimeSpanCodec : ICodec<TimeSpan>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.TimeSpan);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, TimeSpan value) => writer.WriteInt64(value.Ticks);

    /// <inheritdoc/>
    public static TimeSpan Read(ref RecordReader reader) => new(reader.ReadInt64());
}

/// <summary>Writes dates.</summary>
public readonly struct DateOnlyCodec : ICodec<DateOnly>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.DateOnly);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, DateOnly value) => writer.WriteInt32(value.DayNumber);

    /// <inheritdoc/>
    public static DateOnly Read(ref RecordReader reader)
    {
        var start = reader.Position;
        var day = reader.ReadInt32();
        if ((uint)day > (uint)DateOnly.MaxValue.DayNumber)
        {
            reader.Fail("A date lies outside of the years 1 to 9999", start);
        }

        return DateOnly.FromDayNumber(day);
    }
}

/// <summary>Writes times of day.</summary>
public readonly struct TimeOnlyCodec : ICodec<TimeOnly>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.TimeOnly);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, TimeOnly value) => writer.WriteInt64(value.Ticks);

    /// <inheritdoc/>
    public static TimeOnly Read(ref RecordReader reader)
    {
        var start = reader.Position;
        var ticks = reader.ReadInt64();
        if ((ulong)ticks > (ulong)TimeOnly.MaxValue.Ticks)
        {
            reader.Fail("A time of day lies behind midnight", start);
        }

        return new TimeOnly(ticks);
    }
}
