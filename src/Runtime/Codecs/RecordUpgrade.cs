namespace CodegenStreaming.Codecs;

/// <summary>A record's fields, matched by name.</summary>
/// <param name="written">What becomes of each old field, and its place among the new ones; less than zero for one that is left out.</param>
/// <param name="sources">The old field that each new one is made of; less than zero for one that was added.</param>
/// <param name="defaults">The size of each new field's default, which is zeros in every kind: 0, the first day, null, none.</param>
/// <param name="wasEmpty">True where the old record had no fields, and a byte in their stead.</param>
internal sealed class RecordUpgrade((SchemaUpgrade Upgrade, int Target)[] written, int[] sources, int[] defaults, bool wasEmpty) : SchemaUpgrade
{
    private const int FewFields = 32;

    /// <summary>True where the kept fields are still in their order, so that each can be written where it belongs.</summary>
    private readonly bool _isInOrder = sources.Where(source => source >= 0).SequenceEqual(sources.Where(source => source >= 0).Order());

    public override void Convert(ref RecordReader reader, ref RecordWriter writer)
    {
        if (wasEmpty)
        {
            reader.ReadByte();
        }

        if (_isInOrder)
        {
            ConvertInOrder(ref reader, ref writer);
        }
        else
        {
            ConvertInAnyOrder(ref reader, ref writer);
        }

        if (sources.Length == 0)
        {
            writer.WriteByte(0);
        }
    }

    private void ConvertInOrder(ref RecordReader reader, ref RecordWriter writer)
    {
        var next = 0;
        foreach (var (upgrade, target) in written)
        {
            for (; next < target; next++)
            {
                WriteDefault(ref writer, next);
            }

            upgrade.Convert(ref reader, ref writer);
            next = Math.Max(next, target + 1);
        }

        for (; next < sources.Length; next++)
        {
            WriteDefault(ref writer, next);
        }
    }

    /// <summary>Writes the fields in their old order, and puts what was written in the new one.</summary>
    private void ConvertInAnyOrder(ref RecordReader reader, ref RecordWriter writer)
    {
        var start = writer.Length;
        Span<int> ends = written.Length <= FewFields ? stackalloc int[FewFields] : new int[written.Length];
        for (var index = 0; index < written.Length; index++)
        {
            written[index].Upgrade.Convert(ref reader, ref writer);
            ends[index] = writer.Length - start;
        }

        ReadOnlySpan<byte> fields = writer.Written[start..].ToArray();
        writer.Truncate(start);
        for (var target = 0; target < sources.Length; target++)
        {
            if (sources[target] is >= 0 and var source)
            {
                writer.WriteBytes(fields[(source == 0 ? 0 : ends[source - 1])..ends[source]]);
            }
            else
            {
                WriteDefault(ref writer, target);
            }
        }
    }

    private void WriteDefault(ref RecordWriter writer, int field) => writer.Reserve(defaults[field]).Clear();
}
