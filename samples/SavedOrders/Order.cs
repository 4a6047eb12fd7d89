using System.Runtime.CompilerServices;

namespace CodegenStreaming.Samples;

/// <summary>An order. The generator writes the codec by which it is stored.</summary>
public sealed record Order(int Number, string Article, int Pieces, decimal Amount)
{
    private static readonly (string Article, decimal Price)[] Articles = [("apples", 0.3m), ("bread", 2.8m), ("cheese", 6.5m), ("dates", 4.2m), ("eggs", 0.4m)];

    /// <summary>Orders without end, so many a second.</summary>
    public static async IAsyncEnumerable<Order> ComeInAsync(int perSecond, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var random = new Random(1);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var number = 1; await timer.WaitForNextTickAsync(cancellation); number++)
        {
            var (article, price) = Articles[random.Next(Articles.Length)];
            var pieces = random.Next(1, 10) * (random.Next(50) == 0 ? 10 : 1);
            yield return new Order(number, article, pieces, pieces * price);
        }
    }
}
