namespace CodegenStreaming.Tests.Codecs;

/// <summary>What bytes may have become.</summary>
internal static class Mutation
{
    /// <summary>One to three changes: a bit, a byte, bytes removed or inserted, a length that is too large.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes, Random random)
    {
        var mutated = bytes.ToArray().ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var position = random.Next(mutated.Count + 1);
            switch (random.Next(5))
            {
                case 0 when mutated.Count > 0:
                    mutated[position % mutated.Count] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when mutated.Count > 0:
                    mutated[position % mutated.Count] = random.Next(3) switch { 0 => 0xFF, 1 => 0x7F, _ => (byte)random.Next(256) };
                    break;
                case 2:
                    mutated.Insert(position, (byte)random.Next(256));
                    break;
                case 3:
                    mutated.RemoveRange(position, Math.Min(mutated.Count - position, random.Next(8)));
                    break;
                default:
                    mutated.InsertRange(position, [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]);
                    break;
            }
        }

        return [.. mutated];
    }
}
