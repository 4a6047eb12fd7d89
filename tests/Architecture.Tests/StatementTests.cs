using System.Text.RegularExpressions;

namespace CodegenStreaming.Architecture.Tests;

/// <summary>
/// What the reference does is written down in numbered statements. Tests are named after them; where we differ, the test shows what we do instead, and
/// docs/differences-from-spark.md says so.
/// </summary>
public sealed partial class StatementTests
{
    /// <summary>Statements about basic operators, windows, state, checkpoints and recovery.</summary>
    private static readonly int[] SectionsDToG = [.. Enumerable.Range(63, 138 - 63 + 1)];

    private const string NoScopes = "There are no scopes: operators have names of their own and the user's, and the plan and failures show both.";
    private const string OtherFiles = "Its files are others: decision 0007 says which, and CrashSweepTests and CheckpointFileTests what of them survives.";
    private const string NoLineage = "A state is no data set with a lineage: it is saved from its table, and nothing is remembered for it.";
    private const string NoLog = "There is no write-ahead log yet: what receivers had got and no batch had processed is gone with the process.";
    private const string NoRates = "There is no rate controller yet.";
    private const string NothingIsSerialised = "No stream and no function is ever serialised: the same code defines them again, and the compiler writes what stores records.";

    private static readonly Dictionary<int, string> WithoutATest = new()
    {
        [73] = NoScopes,
        [74] = NoScopes,
        [75] = NoScopes,
        [76] = NoScopes,
        [80] = NoLineage,
        [105] = NoLineage,
        [109] = "An object of its own stands for the empty map there; here a table without entries is a table like any other.",
        [115] = OtherFiles,
        [119] = OtherFiles,
        [120] = OtherFiles,
        [124] = NoRates,
        [125] = NothingIsSerialised,
        [129] = NoLog,
        [131] = OtherFiles,
        [132] = OtherFiles,
        [133] = NothingIsSerialised,
        [137] = NoLog,
    };

    private static readonly HashSet<int> Tested =
    [
        .. Repository.Sources("tests")
            .SelectMany(file => TestName().Matches(Repository.Read(file)))
            .Select(match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    [Fact]
    public void EveryStatementOfSectionsDToG_HasATestNamedAfterIt() =>
        Violations.AssertNone(SectionsDToG
            .Where(number => !WithoutATest.ContainsKey(number) && !Tested.Contains(number))
            .Select(number => $"No test is named Statement{number}_…, and {nameof(WithoutATest)} does not say why."));

    [Fact]
    public void StatementWithoutATest_IsTakenOffTheList_WhenItHasOne() =>
        Violations.AssertNone(WithoutATest.Keys
            .Where(number => Tested.Contains(number) || !SectionsDToG.Contains(number))
            .Select(number => $"Statement {number} has a test, or is of another section: {nameof(WithoutATest)} need not name it."));

    [GeneratedRegex(@"\b(?:void|Task) Statement(\d+)_\w+\(")]
    private static partial Regex TestName();
}
