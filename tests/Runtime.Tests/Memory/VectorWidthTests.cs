using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.Tests.Memory;

/// <summary>
/// The tests of text run again in processes that may not use the widest vectors, so that each form of the loops is tested on whatever machine runs this.
/// </summary>
public sealed class VectorWidthTests
{
    private const string ExpectedWidth = "EXPECTED_VECTOR_WIDTH";

    private static int Width =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public async Task TestsOfText_PassWithNarrowerVectors(string setting, int width)
    {
        string[] classes = ["ByteMaskTests", "GuardedMemoryTests", "TextSearchTests", "Utf8*", "TextSourceTests", "LineSplitterTests", "LineReaderTests", "CarriageReturnsTests", "VectorWidthOfTheProcessTests"];
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in classes)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add("*." + name);
        }

        start.Environment[setting] = "0";
        start.Environment[ExpectedWidth] = Math.Min(width, Width).ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"With {setting}=0:\n{await output}\n{await errors}");
        Assert.Contains("Failed: 0", await output, StringComparison.Ordinal);
        Assert.DoesNotContain("Total: 0,", await output, StringComparison.Ordinal);
    }

    /// <summary>In such a process: that the setting has done what it should.</summary>
    public sealed class VectorWidthOfTheProcessTests
    {
        [Fact]
        public void Width_IsTheOneThatTheProcessWasStartedFor() =>
            Assert.Equal(Environment.GetEnvironmentVariable(ExpectedWidth) ?? $"{Width}", $"{Width}");
    }
}
