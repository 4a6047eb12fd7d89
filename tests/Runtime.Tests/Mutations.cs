namespace CodegenStreaming.Tests;

/// <summary>What can become of bytes: some changed, cut off, put in, taken out, moved.</summary>
internal static class Mutations
{
    public static byte[] Of(ReadOnlySpan<byte> bytes, Random random)
    {
        var mutated = bytes.ToArray().ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(mutated.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < mutated.Count:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < mutated.Count:
                    mutated[at] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };
                    break;
                case 2:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
                case 3:
                    mutated.InsertRange(at, new byte[random.Next(1, 9)]);
                    break;
                case 4:
                    mutated.RemoveRange(at, Math.Min(random.Next(1, 9), mutated.Count - at));
                    break;
                default:
                    mutated.InsertRange(at, [.. mutated.Take(random.Next(mutated.Count + 1))]);
                    break;
            }
        }

        return [.. mutated];
    }
}
