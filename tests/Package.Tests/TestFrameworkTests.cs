namespace CodegenStreaming.Package.Tests;

/// <summary>The test kit in the test frameworks, each in a fresh project that knows nothing but the packages.</summary>
public sealed class TestFrameworkTests(PackedPackage package)
{
    [Theory]
    [InlineData("xunit.v3", "Total: 3, Errors: 0, Failed: 1")]
    [InlineData("NUnit", "failed: 1", "succeeded: 2")]
    [InlineData("MSTest", "failed: 1", "succeeded: 2")]
    public async Task Framework_RunsTheGuidesTest_AndShowsTheReportOfAWrongOne(string framework, params string[] summary)
    {
        using var folder = package.NewFolder();
        TestFramework.All[framework].WriteProject(folder);

        var build = await Tool.DotnetAsync(folder, "build");
        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);

        await using var tests = Tool.Start(folder, Path.Combine(folder.Folder, "bin", "Debug", "net10.0", "PipelineTests"));
        var (exitCode, output) = await tests.ExitAsync();
        Assert.NotEqual(0, exitCode);
        Assert.All(summary, line => Assert.Contains(line, output, StringComparison.Ordinal));
        Assert.All(
            ["WordsAreMiscounted", "StreamingTestException", "Print in batch 1 (1000000001000 ms): expected 4 records, found 4.", "(\"be\", 7)", "(\"be\", 2)"],
            part => Assert.Contains(part, output, StringComparison.Ordinal));
    }
}
