namespace CodegenStreaming.Conformance;

/// <summary>Scopes of empty batches are used again. A data set that a user keeps from one of them must never show what another batch got.</summary>
public sealed class KeptDataSetTests
{
    [Fact]
    public async Task ADataSetOfABatch_HasEnded_WhenAnotherOneGotRecords()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        var kept = new List<Rdd<int>>();
        var seen = new List<string>();
        input.AddTo(stream.Streaming).ForeachRdd(rdd =>
        {
            seen.Add(string.Join(' ', kept.Append(rdd).Select(Read)));
            kept.Add(rdd);
        });
        stream.Streaming.Start();
        foreach (var records in new int[][] { [], [1, 2], [], [3], [] })
        {
            if (records.Length > 0)
            {
                input.Give(records);
            }

            await stream.AdvanceAsync();
        }

        // An empty batch's may be read in another empty batch, where it is as empty as it was.
        Assert.Equal(["[]", "ended [1,2]", "[] ended []", "ended ended ended [3]", "[] ended [] ended []"], seen);
        Assert.All(kept, rdd => Assert.Equal("ended", Read(rdd)));
    }

    [Fact]
    public async Task ADataSetOfAnEmptyBatch_DoesNotShowAnotherBatchesTransformation()
    {
        await using var stream = new VirtualStream();
        var batches = 0;
        var kept = new List<Rdd<int>>();
        var seen = new List<string>();
        new GivenInput<int>().AddTo(stream.Streaming)
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
        stream.Streaming.Start();
        await stream.AdvanceAsync(3);

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
