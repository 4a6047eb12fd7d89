namespace CodegenStreaming.TestKit.Tests;

/// <summary>What the kit reports, as a test framework would show it.</summary>
internal static class Failing
{
    public static void AssertReport(string expected, Action expectation) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), Assert.Throws<StreamingTestException>(expectation).Message);

    public static async Task<StreamingTestException> AssertReportAsync(string expected, Func<Task> step)
    {
        var failure = await Assert.ThrowsAsync<StreamingTestException>(step);
        Assert.Equal(expected.ReplaceLineEndings("\n"), failure.Message);
        return failure;
    }
}
