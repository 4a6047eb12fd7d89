namespace CodegenStreaming.TestKit.Tests;

/// <summary>When a record counts as the expected one.</summary>
public sealed class EqualityTests : IAsyncDisposable
{
    private readonly StreamingTest _test = new();

    [Fact]
    public async Task Collections_AreEqual_WhenWhatIsInThemIs()
    {
        var groups = await CaptureAsync<(string, IReadOnlyList<int>)>(("a", [1, 2]), ("b", []));
        groups.Expect(("b", new List<int>()), ("a", new List<int> { 1, 2 }));
        Assert.Throws<StreamingTestException>(() => groups.Expect(("b", []), ("a", [2, 1])));
        Assert.Throws<StreamingTestException>(() => groups.Expect(("b", []), ("a", [1, 2, 3])));
    }

    [Fact]
    public async Task Dictionaries_AreEqual_WhateverTheirOrder()
    {
        var tables = await CaptureAsync(new Dictionary<string, int[]> { ["a"] = [1], ["b"] = [2] });
        tables.Expect(new Dictionary<string, int[]> { ["b"] = [2], ["a"] = [1] });
        Assert.Throws<StreamingTestException>(() => tables.Expect(new Dictionary<string, int[]> { ["b"] = [2], ["a"] = [3] }));
        Assert.Throws<StreamingTestException>(() => tables.Expect(new Dictionary<string, int[]> { ["b"] = [2], ["c"] = [1] }));
    }

    [Fact]
    public async Task OtherRecords_AreEqual_WhenTheySaySo()
    {
        var points = await CaptureAsync(new Point(1, 2), new Point(3, 4));
        points.Expect(new Point(3, 4), new Point(1, 2));
        Assert.Throws<StreamingTestException>(() => points.Expect(new Point(3, 4), new Point(1, 3)));
    }

    [Fact]
    public async Task EqualRecords_AreCounted()
    {
        var words = await CaptureAsync<string?>("a", null, "a", null, null);
        words.Expect(null, null, null, "a", "a");
        Assert.Throws<StreamingTestException>(() => words.Expect(null, null, "a", "a"));
        Assert.Throws<StreamingTestException>(() => words.Expect(null, null, "a", "a", "a"));
    }

    [Fact]
    public async Task Numbers_AreExact_WithoutATolerance()
    {
        var numbers = await CaptureAsync(0.1 + 0.2, double.NaN);
        numbers.Expect(0.30000000000000004, double.NaN);
        Assert.Throws<StreamingTestException>(() => numbers.Expect(0.3, double.NaN));
    }

    [Theory]
    [InlineData(0.05, true)]
    [InlineData(0.02, false)]
    public async Task Tolerance_AppliesToNumbersWhereverTheyAre(double tolerance, bool isMet)
    {
        var records = await CaptureAsync<(string, double, float[])>(("a", 1.03, [2.03f]), ("b", 5, []));
        AssertMet(isMet, () => records.Latest.Within(tolerance).Expect(("b", 5, []), ("a", 1, [2f])));
        AssertMet(isMet, () => records.Latest.Within(tolerance).ExpectInOrder(("a", 1, [2f]), ("b", 5, [])));
        Assert.Throws<StreamingTestException>(() => records.Latest.Within(tolerance).Expect(("b", 5, []), ("x", 1, [2f])));
    }

    [Fact]
    public async Task Tolerance_FindsThePairing_WhereTheFirstOneNearIsTheWrongOne()
    {
        // 1.0 is near both, 1.2 near the first alone.
        var numbers = await CaptureAsync(1.1, 0.9);
        numbers.Latest.Within(0.1001).Expect(1.0, 1.2);
        Assert.Throws<StreamingTestException>(() => numbers.Latest.Within(0.1001).Expect(1.0, 1.3));
    }

    [Fact]
    public async Task Comparer_OfTheTests_Decides()
    {
        var words = await CaptureAsync("To", "BE");
        words.Latest.Using(StringComparer.OrdinalIgnoreCase).Expect("be", "to");
        words.Latest.Using(StringComparer.OrdinalIgnoreCase).ExpectInOrder("to", "be");
        Assert.Throws<StreamingTestException>(() => words.Latest.Using(StringComparer.OrdinalIgnoreCase).Expect("be", "too"));
    }

    public async ValueTask DisposeAsync() => await _test.DisposeAsync();

    private static void AssertMet(bool isMet, Action expectation)
    {
        var failure = Record.Exception(expectation);
        Assert.True(isMet ? failure is null : failure is StreamingTestException, failure?.Message);
    }

    private async Task<CapturedStream<T>> CaptureAsync<T>(params T[] records)
    {
        var source = _test.AddSource<T>();
        var captured = _test.Capture(source.Stream);
        source.Add(records);
        await _test.AdvanceAsync();
        return captured;
    }

    private sealed record Point(int X, int Y);
}
