using System.Diagnostics;

namespace CodegenStreaming.CheckpointTool.Tests;

public sealed class ProcessTests(WrittenCheckpoint written) : IClassFixture<WrittenCheckpoint>
{
    [Fact]
    public async Task Tool_RunsAsAProcess()
    {
        var (code, output, error) = await RunAsync("inspect", written.Directory, "--keys", "totals");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("\"cherry\"", output, StringComparison.Ordinal);

        (code, output, error) = await RunAsync("inspect", Path.Combine(written.Directory, "nowhere"));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("There is no directory", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CodegenStreaming.CheckpointTool.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
