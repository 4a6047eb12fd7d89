namespace CodegenStreaming.Codecs;

/// <summary>The value stays as it is.</summary>
internal sealed class CopyUpgrade(RecordSchema schema) : SchemaUpgrade
{
    public override void Convert(ref RecordReader reader, ref RecordWriter writer)
    {
        var start = reader.Position;
        SkipUpgrade.Skip(ref reader, schema);
        writer.WriteBytes(reader.Between(start, reader.Position));
    }
}

/// <summary>The value is left out.</summary>
internal sealed class SkipUpgrade(RecordSchema schema) : SchemaUpgrade
{
    public static void Skip(ref RecordReader reader, RecordSchema schema)
    {
        switch (schema.Kind)
        {
            case SchemaKind.String:
                reader.SkipString();
                break;
            case SchemaKind.Text:
                reader.ReadText();
                break;
            case SchemaKind.Optional:
                if (reader.ReadPresence())
                {
                    SkipFields(ref reader, schema);
                }

                break;
            case SchemaKind.List or SchemaKind.Dictionary:
                var count = reader.ReadListLength((int)Math.Min(int.MaxValue, schema.Fields.Sum(field => (long)field.Schema.MinimumSize))) ?? 0;
                for (var index = 0; index < count; index++)
                {
                    SkipFields(ref reader, schema);
                }

                break;
            case SchemaKind.Record when schema.Fields.Count > 0:
                SkipFields(ref reader, schema);
                break;
            default:
                reader.ReadBytes(schema.MinimumSize);
                break;
        }
    }

    public override void Convert(ref RecordReader reader, ref RecordWriter writer) => Skip(ref reader, schema);

    private static void SkipFields(ref RecordReader reader, RecordSchema schema)
    {
        for (var index = 0; index < schema.Fields.Count; index++)
        {
            Skip(ref reader, schema.Fields[index].Schema);
        }
    }
}

/// <summary>A value that may be missing, then and now.</summary>
internal sealed class OptionalUpgrade(SchemaUpgrade value) : SchemaUpgrade
{
    public override void Convert(ref RecordReader reader, ref RecordWriter writer)
    {
        if (writer.WritePresence(reader.ReadPresence()))
        {
            value.Convert(ref reader, ref writer);
        }
    }
}

/// <summary>A value that may be missing now.</summary>
internal sealed class PresentUpgrade(SchemaUpgrade value) : SchemaUpgrade
{
    public override void Convert(ref RecordReader reader, ref RecordWriter writer)
    {
        writer.WritePresence(true);
        value.Convert(ref reader, ref writer);
    }
}

/// <summary>A list's elements, or a dictionary's pairs.</summary>
internal sealed class ListUpgrade(SchemaUpgrade[] element, int minimumSize) : SchemaUpgrade
{
    public override void Convert(ref RecordReader reader, ref RecordWriter writer)
    {
        var length = reader.ReadListLength(minimumSize);
        writer.WriteListLength(length);
        for (var index = 0; index < length; index++)
        {
            foreach (var part in element)
            {
                part.Convert(ref reader, ref writer);
            }
        }
    }
}

/// <summary>A number that a wider one holds exactly.</summary>
internal sealed class NumberUpgrade(SchemaKind written, SchemaKind wanted) : SchemaUpgrade
{
    private const int BitsOfSingle = 16;
    private const int BitsOfDouble = 32;
    private const int BitsOfDecimal = 64;

    /// <summary>The upgrade; null where the wanted number does not hold all of the written ones.</summary>
    public static NumberUpgrade? Find(SchemaKind written, SchemaKind wanted)
    {
        var (bits, isSigned) = Integer(written);
        var (wantedBits, wantedIsSigned) = Integer(wanted);
        var holds = (written, wanted) switch
        {
            (SchemaKind.Half, SchemaKind.Single or SchemaKind.Double) or (SchemaKind.Single, SchemaKind.Double) => true,
            _ when bits == 0 || written == SchemaKind.UInt128 => false,
            (_, SchemaKind.Single) => bits <= BitsOfSingle,
            (_, SchemaKind.Double) => bits <= BitsOfDouble,
            (_, SchemaKind.Decimal) => bits <= BitsOfDecimal,
            _ => wantedBits > bits && (wantedIsSigned || !isSigned),
        };
        return holds ? new NumberUpgrade(written, wanted) : null;
    }

    public override void Convert(ref RecordReader reader, ref RecordWriter writer)
    {
        switch (written)
        {
            case SchemaKind.Half:
                Write(ref writer, (double)HalfCodec.Read(ref reader));
                break;
            case SchemaKind.Single:
                Write(ref writer, SingleCodec.Read(ref reader));
                break;
            default:
                Write(ref writer, ReadInteger(ref reader));
                break;
        }
    }

    private static (int Bits, bool IsSigned) Integer(SchemaKind kind) => kind switch
    {
        SchemaKind.SByte => (8, true),
        SchemaKind.Byte => (8, false),
        SchemaKind.Int16 => (16, true),
        SchemaKind.UInt16 => (16, false),
        SchemaKind.Int32 => (32, true),
        SchemaKind.UInt32 => (32, false),
        SchemaKind.Int64 => (64, true),
        SchemaKind.UInt64 => (64, false),
        SchemaKind.Int128 => (128, true),
        SchemaKind.UInt128 => (128, false),
        _ => (0, false),
    };

    private Int128 ReadInteger(ref RecordReader reader) => written switch
    {
        SchemaKind.SByte => SByteCodec.Read(ref reader),
        SchemaKind.Byte => ByteCodec.Read(ref reader),
        SchemaKind.Int16 => Int16Codec.Read(ref reader),
        SchemaKind.UInt16 => UInt16Codec.Read(ref reader),
        SchemaKind.Int32 => Int32Codec.Read(ref reader),
        SchemaKind.UInt32 => UInt32Codec.Read(ref reader),
        SchemaKind.Int64 => Int64Codec.Read(ref reader),
        SchemaKind.UInt64 => UInt64Codec.Read(ref reader),
        _ => Int128Codec.Read(ref reader),
    };

    private void Write(ref RecordWriter writer, Int128 value)
    {
        switch (wanted)
        {
            case SchemaKind.Int16:
                Int16Codec.Write(ref writer, (short)value);
                break;
            case SchemaKind.UInt16:
                UInt16Codec.Write(ref writer, (ushort)value);
                break;
            case SchemaKind.Int32:
                Int32Codec.Write(ref writer, (int)value);
                break;
            case SchemaKind.UInt32:
                UInt32Codec.Write(ref writer, (uint)value);
                break;
            case SchemaKind.Int64:
                Int64Codec.Write(ref writer, (long)value);
                break;
            case SchemaKind.UInt64:
                UInt64Codec.Write(ref writer, (ulong)value);
                break;
            case SchemaKind.UInt128:
                UInt128Codec.Write(ref writer, (UInt128)value);
                break;
            case SchemaKind.Decimal:
                DecimalCodec.Write(ref writer, (decimal)value);
                break;
            case SchemaKind.Single or SchemaKind.Double:
                Write(ref writer, (double)value);
                break;
            default:
                Int128Codec.Write(ref writer, value);
                break;
        }
    }

    private void Write(ref RecordWriter writer, double value)
    {
        if (wanted == SchemaKind.Single)
        {
            SingleCodec.Write(ref writer, (float)value);
        }
        else
        {
            DoubleCodec.Write(ref writer, value);
        }
    }
}
