namespace CodegenStreaming.Samples;

/// <summary>Counts the requests of each page, batch by batch, alerts on pages that fail, and remembers the counts of the latest batches for queries.</summary>
[StreamingPipeline]
public sealed partial class LatestMinutes(IAsyncEnumerable<Request> requests, TimeSpan remembered)
{
    private DStream<(string Page, Tally Tally)>? _pages;

    public void Define(StreamingContext streaming)
    {
        streaming.Remember(remembered);
        _pages = streaming.AsyncEnumerableStream(requests)
                          .Map(request => (request.Page, new Tally(1, request.HasFailed ? 1 : 0)))
                          .ReduceByKey((a, b) => new Tally(a.Requests + b.Requests, a.Failures + b.Failures));

        _pages.Filter(page => page.Tally.Failures > page.Tally.Requests / 2)
              .Map(page => $"{page.Page} fails: {page.Tally.Failures} of {page.Tally.Requests} requests.")
              .ForeachRdd(rdd => Array.ForEach(rdd.Collect(), Console.WriteLine));
    }

    /// <summary>The requests of each page in the batches between two times. Any thread may ask while the context runs.</summary>
    public IReadOnlyDictionary<string, int> Between(BatchTime from, BatchTime to)
    {
        var requests = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var batch in _pages!.Slice(from, to))
        {
            foreach (var (page, tally) in batch.Collect())
            {
                requests[page] = requests.GetValueOrDefault(page) + tally.Requests;
            }
        }

        return requests;
    }
}
