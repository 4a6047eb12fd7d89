using System.Text.RegularExpressions;

namespace CodegenStreaming.Architecture.Tests;

public sealed partial class FileTests(ITestOutputHelper output)
{
    private const int Aim = 300;
    private const int Limit = 400;

    private static readonly string[] Folders = ["src", "tests", "samples", "benchmarks"];

    [Fact]
    public void File_HasAtMost400Lines()
    {
        var sizes = Folders.SelectMany(folder => Repository.Sources(folder))
            .Where(file => !file.Contains("/Golden/", StringComparison.Ordinal))
            .Select(file => (File: file, Lines: Repository.Read(file).AsSpan().Count('\n')))
            .ToArray();

        foreach (var (file, lines) in sizes.Where(size => size.Lines > Aim))
        {
            output.WriteLine($"{file} has {lines} lines; {Aim} is the aim.");
        }

        Assert.NotEmpty(sizes);
        Assert.DoesNotContain(sizes, size => size.Lines > Limit);
    }

    [Fact]
    public void File_HoldsNoUnfinishedWork() =>
        Violations.AssertNone(Folders.SelectMany(folder => Repository.Sources(folder))
            .Where(file => !file.EndsWith("/FileTests.cs", StringComparison.Ordinal))
            .Where(file => UnfinishedWork().IsMatch(Repository.Read(file))));

    [Fact]
    public void File_IsNamedAfterAConcept() =>
        Violations.AssertNone(Repository.Sources("src").Where(file => EmptyName().IsMatch(Path.GetFileNameWithoutExtension(file))));

    [Fact]
    public void Document_LinksToFilesThatExist() =>
        Violations.AssertNone(Repository.Sources("docs", "*.md").Concat(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "src/Runtime/README.md"])
            .Where(Repository.Exists)
            .SelectMany(file => Link().Matches(Repository.Read(file)).Select(link => (File: file, Target: link.Groups[1].Value)))
            .Where(link => !LeadsSomewhere(link.File, link.Target))
            .Select(link => $"{link.File}: {link.Target}"));

    private static bool LeadsSomewhere(string file, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith('#'))
        {
            return true;
        }

        var path = Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target.Split('#')[0]);
        return File.Exists(path) || Directory.Exists(path);
    }

    [GeneratedRegex(@"NotImplementedException|\b(TODO|FIXME|HACK|XXX)\b|\bSkip\s*=\s*""")]
    private static partial Regex UnfinishedWork();

    [GeneratedRegex("(Helper|Helpers|Manager|Utils|Util|Utilities|Common|Core|Impl|Misc)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
