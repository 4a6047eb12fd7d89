using System.Text.RegularExpressions;

namespace CodegenStreaming.Architecture.Tests;

/// <summary>
/// What the reference does is written down in numbered statements. Tests are named after them; where we differ, the test shows what we do instead, and
/// docs/differences-from-spark.md says so.
/// </summary>
public sealed partial class StatementTests
{
    /// <summary>Statements about basic operators, windows and state.</summary>
    private static readonly int[] SectionsDToF = [.. Enumerable.Range(63, 113 - 63 + 1)];

    private const string NoScopes = "There are no scopes: operators have names of their own and the user's, and the plan and failures show both.";
    private const string NoCheckpoints = "There are no checkpoints yet.";
    private const string NoStoredState = "States are not written yet, so no codec has to carry them.";

    private static readonly Dictionary<int, string> WithoutATest = new()
    {
        [73] = NoScopes,
        [74] = NoScopes,
        [75] = NoScopes,
        [76] = NoScopes,
        [80] = NoCheckpoints,
        [83] = NoCheckpoints,
        [93] = NoCheckpoints,
        [94] = NoCheckpoints,
        [97] = NoCheckpoints,
        [99] = NoCheckpoints,
        [105] = NoCheckpoints,
        [109] = "An object of its own stands for the empty map there; here a table without entries is a table like any other.",
        [112] = NoStoredState,
        [113] = NoStoredState,
    };

    private static readonly HashSet<int> Tested =
    [
        .. Repository.Sources("tests")
            .SelectMany(file => TestName().Matches(Repository.Read(file)))
            .Select(match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    [Fact]
    public void EveryStatementOfSectionsDToF_HasATestNamedAfterIt() =>
        Violations.AssertNone(SectionsDToF
            .Where(number => !WithoutATest.ContainsKey(number) && !Tested.Contains(number))
            .Select(number => $"No test is named Statement{number}_…, and {nameof(WithoutATest)} does not say why."));

    [Fact]
    public void StatementWithoutATest_IsTakenOffTheList_WhenItHasOne() =>
        Violations.AssertNone(WithoutATest.Keys
            .Where(number => Tested.Contains(number) || !SectionsDToF.Contains(number))
            .Select(number => $"Statement {number} has a test, or is of another section: {nameof(WithoutATest)} need not name it."));

    [GeneratedRegex(@"\b(?:void|Task) Statement(\d+)_\w+\(")]
    private static partial Regex TestName();
}
