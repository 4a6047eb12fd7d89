namespace CodegenStreaming.TestKit.Tests;

/// <summary>What an expectation that is not met says, word for word.</summary>
public sealed class ReportTests : IAsyncDisposable
{
    private readonly StreamingTest _test = new();

    [Fact]
    public async Task InAnyOrder_ShowsMissingAndUnexpected()
    {
        var words = await CaptureAsync<(string, int)>(("to", 2), ("be", 1), ("or", 1), ("not", 1), ("not", 1));
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): expected 4 records, found 5.
              missing:
                ("be", 2)
              unexpected:
                ("be", 1)
                ("not", 1)
              all that was found:
                ("to", 2)
                ("be", 1)
                ("or", 1)
                ("not", 1)
                ("not", 1)
            """,
            () => words.Expect(("not", 1), ("or", 1), ("be", 2), ("to", 2)));
    }

    [Fact]
    public async Task InOrder_ShowsTheFirstDifference()
    {
        var numbers = await CaptureAsync(1, 2, 4, 5);
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): expected 5 records in this order, found 4; they differ from index 2 on.
              expected [2]: 3
              found    [2]: 4
              missing:
                3
              all that was found:
                [0] 1
                [1] 2
                [2] 4
                [3] 5
            """,
            () => numbers.ExpectInOrder(1, 2, 3, 4, 5));
    }

    [Fact]
    public async Task InOrder_SaysWhenOnlyTheOrderIsWrong()
    {
        var numbers = await CaptureAsync(1, 3, 2);
        numbers.Expect(1, 2, 3);
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): found the right records in another order, from index 1 on.
              expected [1]: 2
              found    [1]: 3
              all that was found:
                [0] 1
                [1] 3
                [2] 2
            """,
            () => numbers.ExpectInOrder(1, 2, 3));
    }

    [Fact]
    public async Task InOrder_ShowsWhereOneListEnds()
    {
        var numbers = await CaptureAsync(1);
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): expected 2 records in this order, found 1; they differ from index 1 on.
              expected [1]: 2
              found    [1]: nothing
              missing:
                2
              all that was found:
                [0] 1
            """,
            () => numbers.ExpectInOrder(1, 2));
    }

    [Fact]
    public async Task EmptyBatch_IsSaidToBeEmpty()
    {
        var numbers = await CaptureAsync<int>();
        numbers.ExpectNothing();
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): expected 1 record, found none.
              missing:
                7
            """,
            () => numbers.Expect(7));
    }

    [Fact]
    public async Task ExpectNothing_ShowsWhatWasFound()
    {
        var numbers = await CaptureAsync(7);
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): expected no records, found 1.
              unexpected:
                7
            """,
            numbers.ExpectNothing);
    }

    [Fact]
    public async Task LongLists_AreAbbreviated()
    {
        var numbers = await CaptureAsync(Enumerable.Range(0, 1000).ToArray());
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): expected no records, found 1000.
              unexpected:
                0
                1
                2
                3
                4
                5
                6
                7
                8
                9
                … 990 more
            """,
            numbers.ExpectNothing);
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): expected 1000 records in this order, found 1000; they differ from index 500 on.
              expected [500]: -1
              found    [500]: 500
              missing:
                -1
              unexpected:
                500
              all that was found:
                … 498 before
                [498] 498
                [499] 499
                [500] 500
                [501] 501
                [502] 502
                [503] 503
                [504] 504
                [505] 505
                [506] 506
                [507] 507
                … 492 more
            """,
            () => numbers.ExpectInOrder(Enumerable.Range(0, 1000).Select(number => number == 500 ? -1 : number)));
    }

    [Fact]
    public async Task Records_AreReadable_OnEveryMachine()
    {
        var records = await CaptureAsync<object?>(
            null, " a\t\"b\"\n", 1.5, true, 'x', new[] { 1, 2 }, Utf8Slice.Copy("text"), new Dictionary<string, int> { ["a"] = 1 }, (1, ("b", 2.25m)), new string('z', 300));
        var report = Assert.Throws<StreamingTestException>(records.ExpectNothing).Message;
        Assert.Equal(
            [
                "    null",
                """    " a\t\"b\"\n" """[..^1],
                "    1.5",
                "    true",
                "    'x'",
                "    [1, 2]",
                """    "text" """[..^1],
                """    ["a": 1]""",
                """    (1, ("b", 2.25))""",
                $"    \"{new string('z', 199)}…",
            ],
            report.Split('\n').Skip(2));
    }

    [Fact]
    public async Task Batch_OfLongAgo_IsExpectedLikeTheLatest()
    {
        var numbers = await CaptureAsync(1);
        await _test.AdvanceAsync();

        numbers.Batches[0].Expect(1);
        Failing.AssertReport(
            """
            'records' (QueueStream) in batch 1 (1000000001000 ms): expected 1 record, found 1.
              missing:
                2
              unexpected:
                1
            """,
            () => numbers.Batches[0].Expect(2));
    }

    [Fact]
    public void ExpectationBeforeTheFirstBatch_SaysWhatToDo()
    {
        var numbers = _test.Capture(_test.AddSource<int>("records").Stream);
        Failing.AssertReport("There is no batch of 'records' (QueueStream) yet: call AdvanceAsync first.", () => numbers.Expect(1));
    }

    public async ValueTask DisposeAsync() => await _test.DisposeAsync();

    private async Task<CapturedStream<T>> CaptureAsync<T>(params T[] records)
    {
        var source = _test.AddSource<T>("records");
        var captured = _test.Capture(source.Stream);
        source.Add(records);
        await _test.AdvanceAsync();
        return captured;
    }
}
