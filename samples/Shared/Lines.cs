using System.Runtime.CompilerServices;

namespace CodegenStreaming.Samples;

/// <summary>What there is to count.</summary>
internal static class Lines
{
    private static readonly string[] Text = ["to be or not to be", "that is the question", "whether it is nobler in the mind to suffer"];

    /// <summary>The lines over and over, so many a second.</summary>
    public static async IAsyncEnumerable<string> ComeInAsync(int perSecond, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var next = 0; await timer.WaitForNextTickAsync(cancellation); next++)
        {
            yield return Text[next % Text.Length];
        }
    }
}
