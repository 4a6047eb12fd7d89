using System.Runtime.CompilerServices;

namespace CodegenStreaming.Samples;

/// <summary>A request that a web server has answered.</summary>
public readonly record struct Request(string Page, bool HasFailed)
{
    private static readonly string[] Pages = ["/", "/search", "/search", "/cart", "/pay"];

    /// <summary>Requests without end, so many a second. Now and then payments fail for a while.</summary>
    public static async IAsyncEnumerable<Request> ComeInAsync(int perSecond, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var random = new Random(1);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var number = 0; await timer.WaitForNextTickAsync(cancellation); number++)
        {
            var page = Pages[random.Next(Pages.Length)];
            yield return new Request(page, page == "/pay" && number % 1000 > 800);
        }
    }
}
