using System.Globalization;
using System.Text;
using CodegenStreaming.Codecs;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>
/// Values as text for people, by their schema alone. Whatever bytes it reads, it gives a text of a bounded length or the exception of damaged records, and takes
/// no more memory than a few times those bytes. Used by one thread.
/// </summary>
/// <param name="limit">The characters after which a text ends with an ellipsis.</param>
internal sealed class ValueText(int limit)
{
    private const int BytesOfRaw = 32;

    private readonly StringBuilder _text = new();

    /// <summary>Reads a value.</summary>
    /// <exception cref="CorruptRecordException">The bytes are no such value.</exception>
    public string Read(ref RecordReader reader, RecordSchema schema)
    {
        _text.Clear();
        Append(ref reader, schema);
        if (_text.Length <= limit)
        {
            return _text.ToString();
        }

        var length = char.IsHighSurrogate(_text[limit - 1]) ? limit - 1 : limit;
        return $"{_text.ToString(0, length)}…";
    }

    private void Append(ref RecordReader reader, RecordSchema schema)
    {
        if (_text.Length > limit)
        {
            SkipUpgrade.Skip(ref reader, schema);
            return;
        }

        switch (schema.Kind)
        {
            case SchemaKind.String:
                AppendQuoted(reader.ReadString());
                break;
            case SchemaKind.Text:
                AppendQuoted(Encoding.UTF8.GetString(reader.ReadText()));
                break;
            case SchemaKind.Optional:
                if (reader.ReadPresence())
                {
                    Append(ref reader, schema.Fields[0].Schema);
                }
                else
                {
                    _text.Append("null");
                }

                break;
            case SchemaKind.Enum:
                AppendMember(ref reader, schema);
                break;
            case SchemaKind.List or SchemaKind.Dictionary:
                AppendElements(ref reader, schema);
                break;
            case SchemaKind.Record:
                AppendRecord(ref reader, schema);
                break;
            case SchemaKind.Raw:
                AppendRaw(reader.ReadBytes(schema.MinimumSize));
                break;
            default:
                AppendSimple(ref reader, schema.Kind);
                break;
        }
    }

    private void AppendRecord(ref RecordReader reader, RecordSchema schema)
    {
        if (schema.Fields.Count == 0)
        {
            reader.ReadByte();
        }

        var isTuple = schema.Name == "tuple";
        _text.Append(isTuple ? "(" : "{");
        for (var index = 0; index < schema.Fields.Count; index++)
        {
            var field = schema.Fields[index];
            _text.Append(index > 0 ? ", " : isTuple ? "" : " ");
            if (!isTuple)
            {
                _text.Append(field.Name).Append(": ");
            }

            Append(ref reader, field.Schema);
        }

        _text.Append(isTuple ? ")" : " }");
    }

    private void AppendElements(ref RecordReader reader, RecordSchema schema)
    {
        if (reader.ReadListLength((int)Math.Min(int.MaxValue, schema.Fields.Sum(static field => (long)field.Schema.MinimumSize))) is not { } count)
        {
            _text.Append("null");
            return;
        }

        var isList = schema.Kind == SchemaKind.List;
        _text.Append(isList ? '[' : '{');
        for (var index = 0; index < count; index++)
        {
            // Beyond the limit the elements are only gone past.
            if (index > 0 && _text.Length <= limit)
            {
                _text.Append(", ");
            }

            Append(ref reader, schema.Fields[0].Schema);
            if (!isList)
            {
                if (_text.Length <= limit)
                {
                    _text.Append(": ");
                }

                Append(ref reader, schema.Fields[1].Schema);
            }
        }

        _text.Append(isList ? ']' : '}');
    }

    private void AppendMember(ref RecordReader reader, RecordSchema schema)
    {
        var number = schema.Fields[0].Schema.Kind;
        var value = number switch
        {
            SchemaKind.SByte => SByteCodec.Read(ref reader),
            SchemaKind.Byte => ByteCodec.Read(ref reader),
            SchemaKind.Int16 => Int16Codec.Read(ref reader),
            SchemaKind.UInt16 => UInt16Codec.Read(ref reader),
            SchemaKind.Int32 => Int32Codec.Read(ref reader),
            SchemaKind.UInt32 => UInt32Codec.Read(ref reader),
            _ => Int64Codec.Read(ref reader),
        };
        if (schema.Members.FirstOrDefault(member => member.Value == value) is { } known)
        {
            _text.Append(known.Name);
        }
        else if (number == SchemaKind.UInt64)
        {
            AppendFormatted((ulong)value);
        }
        else
        {
            AppendFormatted(value);
        }
    }

    private void AppendSimple(ref RecordReader reader, SchemaKind kind)
    {
        switch (kind)
        {
            case SchemaKind.Boolean:
                _text.Append(BooleanCodec.Read(ref reader) ? "true" : "false");
                break;
            case SchemaKind.Char:
                AppendQuoted(CharCodec.Read(ref reader).ToString());
                break;
            case SchemaKind.SByte:
                AppendFormatted(SByteCodec.Read(ref reader));
                break;
            case SchemaKind.Byte:
                AppendFormatted(ByteCodec.Read(ref reader));
                break;
            case SchemaKind.Int16:
                AppendFormatted(Int16Codec.Read(ref reader));
                break;
            case SchemaKind.UInt16:
                AppendFormatted(UInt16Codec.Read(ref reader));
                break;
            case SchemaKind.Int32:
                AppendFormatted(Int32Codec.Read(ref reader));
                break;
            case SchemaKind.UInt32:
                AppendFormatted(UInt32Codec.Read(ref reader));
                break;
            case SchemaKind.Int64:
                AppendFormatted(Int64Codec.Read(ref reader));
                break;
            case SchemaKind.UInt64:
                AppendFormatted(UInt64Codec.Read(ref reader));
                break;
            case SchemaKind.Int128:
                AppendFormatted(Int128Codec.Read(ref reader));
                break;
            case SchemaKind.UInt128:
                AppendFormatted(UInt128Codec.Read(ref reader));
                break;
            case SchemaKind.Half:
                AppendFormatted(HalfCodec.Read(ref reader));
                break;
            case SchemaKind.Single:
                AppendFormatted(SingleCodec.Read(ref reader));
                break;
            case SchemaKind.Double:
                AppendFormatted(DoubleCodec.Read(ref reader));
                break;
            case SchemaKind.Decimal:
                AppendFormatted(DecimalCodec.Read(ref reader));
                break;
            case SchemaKind.Guid:
                AppendFormatted(GuidCodec.Read(ref reader));
                break;
            case SchemaKind.DateTime:
                AppendFormatted(DateTimeCodec.Read(ref reader), "o");
                break;
            case SchemaKind.DateTimeOffset:
                AppendFormatted(DateTimeOffsetCodec.Read(ref reader), "o");
                break;
            case SchemaKind.TimeSpan:
                AppendFormatted(TimeSpanCodec.Read(ref reader), "c");
                break;
            case SchemaKind.DateOnly:
                AppendFormatted(DateOnlyCodec.Read(ref reader), "o");
                break;
            case SchemaKind.TimeOnly:
                AppendFormatted(TimeOnlyCodec.Read(ref reader), "o");
                break;
            default:
                reader.Fail($"Values of the kind {kind} are none that this program knows");
                break;
        }
    }

    private void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable => _text.Append(value.ToString(format, CultureInfo.InvariantCulture));

    private void AppendQuoted(string? text)
    {
        if (text is null)
        {
            _text.Append("null");
            return;
        }

        _text.Append('"');
        PlainText.Append(_text, text, limit + 1);
        _text.Append('"');
    }

    private void AppendRaw(ReadOnlySpan<byte> bytes)
    {
        _text.Append("0x").Append(Convert.ToHexString(bytes[..Math.Min(bytes.Length, BytesOfRaw)]));
        if (bytes.Length > BytesOfRaw)
        {
            _text.Append('…');
        }
    }
}
