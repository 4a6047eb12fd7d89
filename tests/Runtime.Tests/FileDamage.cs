namespace CodegenStreaming.Tests;

/// <summary>What can happen to a file that was written.</summary>
internal static class FileDamage
{
    public static TheoryData<string> Kinds => ["cut short", "overwritten", "removed"];

    /// <summary>Damages a file of more than a thousand bytes.</summary>
    public static void Apply(string kind, string file)
    {
        switch (kind)
        {
            case "cut short":
                File.WriteAllBytes(file, File.ReadAllBytes(file)[..1000]);
                break;
            case "overwritten":
                var bytes = File.ReadAllBytes(file);
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(file, bytes);
                break;
            case "removed":
                File.Delete(file);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nobody knows how.");
        }
    }
}
