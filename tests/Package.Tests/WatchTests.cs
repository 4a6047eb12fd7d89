namespace CodegenStreaming.Package.Tests;

/// <summary>
/// An edit while the program runs: the loop and the interceptors change with the lambda, so what must never happen is that the old loop runs on.
/// Whether the change is applied or the program restarted, which <c>dotnet watch</c> then says, is the SDK's business.
/// </summary>
public sealed class WatchTests(PackedPackage package)
{
    [Theory]
    [InlineData("(word, 1)", "(word, 1000000)", "000000)")]
    [InlineData("line.Split(' ')", "line.Replace('b', 'B').Split(' ')", "(Be,")]
    public async Task EditOfALambda_TakesEffect(string code, string edited, string seen)
    {
        using var folder = package.NewFolder();
        Programs.WriteProject(folder);
        await using var server = new LineServer();
        await using var watch = Tool.StartDotnet(folder, ["watch", "--non-interactive", "run", "--", .. server.Address]);
        await server.SendUntilAsync(watch.WaitForAsync("(be,"));
        await watch.WaitForAsync("Waiting for changes");

        Assert.Contains(code, Readme.Pipeline, StringComparison.Ordinal);
        folder.Write("NetworkWordCount.cs", $"using CodegenStreaming;\n\n{Readme.Pipeline.Replace(code, edited, StringComparison.Ordinal)}");

        await server.SendUntilAsync(watch.WaitForAsync(seen));
    }
}
