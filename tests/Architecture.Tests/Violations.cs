namespace CodegenStreaming.Architecture.Tests;

/// <summary>Fails with the whole list, one violation a line.</summary>
internal static class Violations
{
    public static void AssertNone(IEnumerable<string?> violations)
    {
        var list = violations.ToArray();
        Assert.True(list.Length == 0, string.Join(Environment.NewLine, list));
    }
}
