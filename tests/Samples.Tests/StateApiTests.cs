using System.Net;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample whose state is asked over HTTP, in real time, as a process.</summary>
public sealed partial class StateApiTests
{
    [Fact]
    public async Task AnswersFromItsState_WhileItRuns()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("StateApi"), "--port", "0", "--rate", "300");
        await sample.WaitForErrorAsync("/words/be");
        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(sample.Error).Value) };
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/words/absent", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        await sample.WaitForOutputAsync(output => Regex.Count(output, @"^\d+$", RegexOptions.Multiline) >= 2);

        var be = await GetAsync(client, "/words/be");
        Assert.Matches(@"^\{""word"":""be"",""count"":[1-9]\d*\}$", be);
        Assert.StartsWith("[{\"word\":\"", await GetAsync(client, "/words"), StringComparison.Ordinal);
        Assert.Matches(@"^\{""words"":14,""asOf"":""20", await GetAsync(client, "/"));

        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());
    }

    private static Task<string> GetAsync(HttpClient client, string path) => client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
