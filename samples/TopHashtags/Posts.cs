using System.Runtime.CompilerServices;

namespace CodegenStreaming.Samples;

/// <summary>Short messages of people who talk about this and that.</summary>
internal static class Posts
{
    private static readonly string[] Tags =
        ["#dotnet", "#csharp", "#streaming", "#coffee", "#music", "#rain", "#football", "#news", "#cats", "#tea", "#books", "#trains"];

    /// <summary>Posts without end, so many a second. What people talk about most changes every few seconds.</summary>
    public static async IAsyncEnumerable<string> ComeInAsync(int perSecond, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var random = new Random(1);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var number = 0; await timer.WaitForNextTickAsync(cancellation); number++)
        {
            var trend = number / (5 * perSecond);
            var tag = Tags[(trend + Math.Min(random.Next(Tags.Length), random.Next(Tags.Length))) % Tags.Length];
            yield return $"post {number} about {tag} and {Tags[random.Next(Tags.Length)]}";
        }
    }
}
