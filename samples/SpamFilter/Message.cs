using System.Runtime.CompilerServices;

namespace CodegenStreaming.Samples;

/// <summary>A message that has come in.</summary>
public readonly record struct Message(string Sender, string Text)
{
    public static readonly string[] Senders = ["ada", "grace", "lottery", "pills"];

    /// <summary>Messages without end, so many a second; the senders take turns.</summary>
    public static async IAsyncEnumerable<Message> ComeInAsync(int perSecond, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var number = 0; await timer.WaitForNextTickAsync(cancellation); number++)
        {
            yield return new Message(Senders[number % Senders.Length], $"message {number}");
        }
    }
}
