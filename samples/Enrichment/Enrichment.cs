using System.Globalization;

namespace CodegenStreaming.Samples;

/// <summary>Asks a service for the price of each order's article, and adds up what the articles bring in each batch.</summary>
[StreamingPipeline]
public sealed partial class Enrichment(IAsyncEnumerable<Order> orders, HttpClient service)
{
    private static readonly AsyncStepOptions ManyAtOnce = new()
    {
        MaxConcurrency = 32,
        Timeout = TimeSpan.FromMilliseconds(500),
        MaxAttempts = 5,
        RetryDelay = TimeSpan.FromMilliseconds(20),
        RetryOn = exception => exception is HttpRequestException or TimeoutException,
    };

    public void Define(StreamingContext streaming) =>
        streaming.AsyncEnumerableStream(orders)
                 .MapAsync(WithPriceAsync, ManyAtOnce)
                 .Map(order => (order.Article, order.Pieces * order.Price))
                 .ReduceByKey((a, b) => a + b)
                 .Print();

    private async ValueTask<Order> WithPriceAsync(Order order, CancellationToken cancellation)
    {
        var price = await service.GetStringAsync(new Uri(order.Article, UriKind.Relative), cancellation);
        return order with { Price = decimal.Parse(price, CultureInfo.InvariantCulture) };
    }
}
