namespace CodegenStreaming.Package.Tests;

/// <summary>The package as a stranger meets it: installed into a fresh folder, with the pipeline copied out of the README.</summary>
public sealed class InstallTests(PackedPackage package)
{
    [Fact]
    public async Task NewProject_BuildsWithoutWarnings_AndRunsFused()
    {
        using var folder = package.NewFolder();
        Programs.WriteProject(folder);

        var build = await Tool.DotnetAsync(folder, "build", "--configuration", "Release");
        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);

        await using var server = new LineServer();
        await using var program = Tool.StartDotnet(folder, ["run", "--no-build", "--configuration", "Release", "--", .. server.Address]);
        await AssertCountsFused(program);
    }

    [Fact]
    public async Task SingleFile_BuildsWithoutWarnings_AndRunsFused()
    {
        using var folder = package.NewFolder();
        Programs.WriteSingleFile(folder);

        var build = await Tool.DotnetAsync(folder, "build", "app.cs");
        Assert.DoesNotContain("warning", build, StringComparison.Ordinal);

        await using var server = new LineServer();
        await using var program = Tool.StartDotnet(folder, ["run", "app.cs", "--", .. server.Address]);
        await AssertCountsFused(program);
    }

    [Fact]
    public async Task AheadOfTime_PublishesWithoutWarnings_AndRunsFused()
    {
        using var folder = package.NewFolder();
        Programs.WriteProject(folder);

        var publish = await Tool.DotnetAsync(
            folder, "publish", "--use-current-runtime", "-p:PublishAot=true", "-p:IlcGenerateMapFile=true", "--output", "published", "-warnaserror");
        Assert.DoesNotContain("warning", publish, StringComparison.Ordinal);

        await using var server = new LineServer();
        await using var program = Tool.Start(folder, Path.Combine(folder.Folder, "published", "WordCount"), server.Address);
        await AssertCountsFused(program);

        var loops = LoopSizes.Read(Path.Combine(folder.Folder, "obj"));
        LoopSizes.Report(loops);
        Assert.NotEmpty(loops);
    }

    private static async Task AssertCountsFused(Tool program)
    {
        await program.WaitForAsync("(be,2)");
        var output = await program.EndAsync();
        Assert.Contains("(to,2)", output, StringComparison.Ordinal);
        Assert.Contains("bound 3, unbound 0", output, StringComparison.Ordinal);
    }
}
