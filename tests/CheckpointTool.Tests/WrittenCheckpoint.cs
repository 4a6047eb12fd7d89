namespace CodegenStreaming.CheckpointTool.Tests;

/// <summary>A checkpoint that the shop has written, once for all tests of a class, which do not change it.</summary>
public sealed class WrittenCheckpoint : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Directory => _folder["checkpoint"];

    internal Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await ShopRun.WriteAsync(_folder.Root);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Copies the checkpoint, to be damaged.</summary>
    internal string CopyTo(TemporaryFolder folder)
    {
        var copy = folder["copy"];
        System.IO.Directory.CreateDirectory(copy);
        foreach (var file in System.IO.Directory.GetFiles(Directory))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        }

        return copy;
    }
}
