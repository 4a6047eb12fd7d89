using System.Runtime.CompilerServices;

namespace CodegenStreaming.Samples;

/// <summary>An order; its price is not known yet.</summary>
public sealed record Order(string Article, int Pieces, decimal Price = 0)
{
    /// <summary>Orders without end, so many a second.</summary>
    public static async IAsyncEnumerable<Order> ComeInAsync(int perSecond, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var random = new Random(1);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            yield return new Order(PriceService.Articles[random.Next(PriceService.Articles.Length)], random.Next(1, 10));
        }
    }
}
