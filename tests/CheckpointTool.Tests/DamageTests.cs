using CodegenStreaming.Checkpoints;

namespace CodegenStreaming.CheckpointTool.Tests;

public sealed class DamageTests(WrittenCheckpoint written) : IClassFixture<WrittenCheckpoint>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Copy => _folder["copy"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FlippedByte_InTheNewestManifest_IsDamage_AndTheOneBeforeCounts()
    {
        written.CopyTo(_folder);
        var newest = Manifests()[0];
        Flip(newest, 100);
        var run = ToolRun.Of("inspect", Copy);
        Assert.Equal(1, run.Code);
        Assert.Contains($"DAMAGED: {Path.GetFileName(newest)}: The checksum does not fit", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"DAMAGED: a restart passes over manifest (\d+) and goes on from \d+; every checksum fits", run.Output);
        Assert.Equal(0, ToolRun.Of("inspect", Copy, "--keys", "totals").Code);
    }

    [Theory]
    [InlineData("State")]
    [InlineData("Batches")]
    public void FlippedByte_InAFileThatTheNewestManifestNeeds_IsDamage(string kind)
    {
        written.CopyTo(_folder);
        var file = Needed().Last(path => BitConverter.ToInt32(File.ReadAllBytes(path), 8) == (int)Enum.Parse<FileKind>(kind));
        Flip(file, 40);
        AssertDamaged(file, "its checksum does not fit");
    }

    [Fact]
    public void MissingFile_IsDamage()
    {
        written.CopyTo(_folder);
        var file = Needed()[^1];
        File.Delete(file);
        AssertDamaged(file, "The file is not there");
    }

    [Fact]
    public void ShortenedFile_IsDamage()
    {
        written.CopyTo(_folder);
        var file = Needed()[^1];
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
        AssertDamaged(file, "its length is");
    }

    [Fact]
    public void FlippedByte_InTheLease_IsNoDamageToWhatIsSaved()
    {
        written.CopyTo(_folder);
        foreach (var lease in Directory.GetFiles(Copy, "lease-*"))
        {
            Flip(lease, 30);
        }

        var run = ToolRun.Of("inspect", Copy);
        Assert.Equal(0, run.Code);
        Assert.Contains("Lease\n  none", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void NoManifestThatIsWhole_IsSaid()
    {
        written.CopyTo(_folder);
        Array.ForEach(Manifests(), manifest => Flip(manifest, 60));
        var run = ToolRun.Of("inspect", Copy);
        Assert.Equal(1, run.Code);
        Assert.Contains("DAMAGED: a restart finds no manifest that it can use", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, ToolRun.Of("inspect", Copy, "--keys", "totals").Code);
        Assert.Equal(1, ToolRun.Of("schemas", Copy, "--check", "--shipped", _folder["shipped"], "--unshipped", _folder["unshipped"]).Code);
    }

    [Fact]
    public void AnyByteOfAnyFile_IsFoundOut_OrDoesNotMatter() => Randomly.Test(300, random =>
    {
        written.CopyTo(_folder);
        var all = Directory.GetFiles(Copy);
        var file = all[random.Next(all.Length)];
        var isNeeded = file == Manifests()[0] || Needed().Contains(file);
        Flip(file, random.Next((int)new FileInfo(file).Length));
        Assert.Equal(isNeeded ? 1 : 0, ToolRun.Of("inspect", Copy).Code);
    });

    [Fact]
    public void NothingToLookAt_IsSaid()
    {
        var run = ToolRun.Of("inspect", _folder["nowhere"]);
        Assert.Equal((2, "", $"There is no directory {_folder["nowhere"]}."), (run.Code, run.Output, run.Error.Trim()));
        Assert.False(Directory.Exists(_folder["nowhere"]));

        run = ToolRun.Of("inspect", _folder.Root);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith($"There is no checkpoint in {_folder.Root}", run.Error, StringComparison.Ordinal);

        File.WriteAllText(_folder["file"], "");
        run = ToolRun.Of("inspect", _folder["file"]);
        Assert.Equal(2, run.Code);
        Assert.Contains("is a file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ArgumentsThatMeanNothing_AreRefused()
    {
        var run = ToolRun.Of("inspect", written.Directory, "--keys", "nobody");
        Assert.Equal(2, run.Code);
        Assert.Contains("holds no stream nobody. There are: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Shop/totals (UpdateStateByKey)", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.Of("inspect").Code);
        Assert.Equal(2, ToolRun.Of("inspect", written.Directory, "--count", "0").Code);
        Assert.Equal(2, ToolRun.Of("look", written.Directory).Code);
        Assert.Equal(2, ToolRun.Of("schemas", written.Directory, "--check", "--ship").Code);
        Assert.Equal(0, ToolRun.Of("--help").Code);
    }

    private void AssertDamaged(string file, string problem)
    {
        var run = ToolRun.Of("inspect", Copy);
        Assert.Equal(1, run.Code);
        var name = Path.GetFileName(file);
        Assert.Contains(problem, run.Row(name), StringComparison.Ordinal);
        Assert.Contains($"DAMAGED: {name}: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 file damaged or missing", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The manifests, the newest first.</summary>
    private string[] Manifests() => [.. Directory.GetFiles(Copy, "manifest-*").OrderDescending(StringComparer.Ordinal)];

    private string[] Needed()
    {
        var path = Manifests()[0];
        return [.. CheckpointManifest.Read(File.ReadAllBytes(path), path).Files.Select(file => Path.Combine(Copy, file.Name))];
    }

    private static void Flip(string path, int position)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[position % bytes.Length] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }
}
