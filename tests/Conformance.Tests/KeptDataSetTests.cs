namespace CodegenStreaming.Conformance;

/// <summary>Scopes of empty batches are used again. A data set that a user keeps from one of them must never show what another batch got.</summary>
public sealed class KeptDataSetTests
{
    [Fact]
    public async Task ADataSetOfABatch_HasEnded_WhenAnotherOneGotRecords()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        var kept = new List<Rdd<int>>();
        var seen = new List<string>();
        input.Stream.ForeachRdd(rdd =>
        {
            seen.Add(string.Join(' ', kept.Append(rdd).Select(Read)));
            kept.Add(rdd);
        });
        test.Start();
        foreach (var records in new int[][] { [], [1, 2], [], [3], [] })
        {
            if (records.Length > 0)
            {
                input.Add(records);
            }

            await test.AdvanceAsync();
        }

        // An empty batch's may be read in another empty batch, where it is as empty as it was.
        Assert.Equal(["[]", "ended [1,2]", "[] ended []", "ended ended ended [3]", "[] ended [] ended []"], seen);
        Assert.All(kept, rdd => Assert.Equal("ended", Read(rdd)));
    }

    [Fact]
    public async Task ADataSetOfAnEmptyBatch_DoesNotShowAnotherBatchesTransformation()
    {
        await using var test = new StreamingTest();
        var batches = 0;
        var kept = new List<Rdd<int>>();
        var seen = new List<string>();
        test.AddSource<int>().Stream
            .Count()
            .Transform(rdd =>
            {
                var batch = ++batches;
                return rdd.Map(_ => batch);
            })
            .ForeachRdd(rdd =>
            {
                seen.Add(string.Join(' ', kept.Append(rdd).Select(Read)));
                kept.Add(rdd);
            });
        test.Start();
        await test.AdvanceAsync(3);

        Assert.Equal(["[1]", "ended [2]", "ended ended [3]"], seen);
    }

    private static string Read(Rdd<int> rdd)
    {
        try
        {
            return $"[{string.Join(',', rdd.Collect())}]";
        }
        catch (ObjectDisposedException)
        {
            return "ended";
        }
    }
}
