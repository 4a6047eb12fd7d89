using System.Runtime.CompilerServices;

namespace CodegenStreaming.Samples;

/// <summary>Somebody has looked at a page.</summary>
public readonly record struct PageView(string User, string Page)
{
    private const int PagesPerVisit = 10;

    private static readonly string[] Pages = ["/", "/search", "/product", "/cart", "/pay"];

    /// <summary>Page views without end, so many a second. A few people are there at a time; each sees ten pages and is followed by somebody else.</summary>
    public static async IAsyncEnumerable<PageView> ComeInAsync(int perSecond, int visitors, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var number = 0; await timer.WaitForNextTickAsync(cancellation); number++)
        {
            var page = number / visitors;
            yield return new PageView($"visitor {(page / PagesPerVisit * visitors) + (number % visitors)}", Pages[page % Pages.Length]);
        }
    }
}
