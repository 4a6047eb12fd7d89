using System.Text.RegularExpressions;
using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Golden;

/// <summary>
/// The generated code of each operator and of each awkward shape, as text in git. A program <c>Programs/X.cs</c> gives <c>X.verified.cs</c>;
/// <c>.ci/run accept</c> rewrites them.
/// </summary>
public sealed partial class GoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Generators.Tests", "Golden");

    private static bool IsAccepting => Environment.GetEnvironmentVariable("ACCEPT_GOLDENS") == "1";

    public static TheoryData<string> Programs =>
        [.. Directory.GetFiles(Path.Combine(Folder, "Programs"), "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void GeneratedCode_IsAsVerified(string name)
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([(name + ".cs", File.ReadAllText(Path.Combine(Folder, "Programs", name + ".cs")))], assemblyName: "Golden"));
        run.AssertCompiles();
        var actual = string.Join('\n', run.Sources.Select(source => $"// ==== {source.Name}\n{Interception().Replace(source.Text, "$1\"…\"")}"));
        var path = Path.Combine(Folder, name + ".verified.cs");
        if (IsAccepting)
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing; review the output and run '.ci/run accept'.\n{actual}");
        var expected = File.ReadAllText(path);
        Assert.True(expected == actual, $"{path} differs; review the change and run '.ci/run accept'.\n{FirstDifference(expected, actual)}");
    }

    [Fact]
    public void EveryVerifiedFile_HasItsProgram()
    {
        var verified = Directory.GetFiles(Folder, "*.verified.cs").Select(path => Path.GetFileName(path).Replace(".verified.cs", "", StringComparison.Ordinal));
        Assert.Empty(verified.Except(Programs.Select(row => row.Data)));
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line])
        {
            line++;
        }

        return $"line {line + 1}\n- {(line < old.Length ? old[line] : "(end)")}\n+ {(line < now.Length ? now[line] : "(end)")}";
    }

    /// <summary>What the compiler says of a call's place: opaque, and of no interest to a reader.</summary>
    [GeneratedRegex(@"(InterceptsLocation\(\d+, )\x22[^\x22]*\x22")]
    private static partial Regex Interception();
}
