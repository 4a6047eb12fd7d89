using System.Text.RegularExpressions;

namespace CodegenStreaming.Architecture.Tests;

/// <summary>Facts about all diagnostics.</summary>
public sealed partial class RuleTests
{
    private static readonly string[] Ids =
    [
        .. Repository.Sources("src")
            .SelectMany(file => QuotedId().Matches(Repository.Read(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Rules_AreFound() => Assert.NotEmpty(Ids);

    [Fact]
    public void Rule_HasAPage_AndAnEntryInTheIndex()
    {
        var index = Repository.Read("docs/rules/README.md");
        Violations.AssertNone(Ids.Where(id => !Repository.Exists($"docs/rules/{id}.md")).Select(id => $"docs/rules/{id}.md is missing"));
        Violations.AssertNone(Ids.Where(id => !index.Contains($"({id}.md)", StringComparison.Ordinal)).Select(id => $"docs/rules/README.md lacks {id}"));
    }

    [Fact]
    public void Page_BelongsToARule() =>
        Violations.AssertNone(Repository.Sources("docs/rules", "CGS*.md")
            .Where(page => !Ids.Contains(Path.GetFileNameWithoutExtension(page))));

    [Fact]
    public void Rule_IsTracked()
    {
        var releases = string.Concat(Repository.Sources("src", "AnalyzerReleases.*.md").Select(Repository.Read));
        Violations.AssertNone(Ids.Where(id => !releases.Contains($"{id} |", StringComparison.Ordinal)).Select(id => $"AnalyzerReleases.*.md lack {id}"));
    }

    [Fact]
    public void Rule_IsTested()
    {
        var tests = string.Concat(Repository.Sources("tests").Select(Repository.Read));
        Violations.AssertNone(Ids.Where(id => !tests.Contains(id, StringComparison.Ordinal)).Select(id => $"no test mentions {id}"));
    }

    [GeneratedRegex(@"""(CGS\d{4})""")]
    private static partial Regex QuotedId();
}
