using CodegenStreaming.Execution;

namespace CodegenStreaming.Tests.Execution;

/// <summary>Stages that are used again while threads of earlier ones still look for tasks.</summary>
public sealed class StageTests
{
    [Fact]
    public void LateThread_ClaimsATaskOfTheStageThatIsOpen_OrNone()
    {
        const int Rounds = 1_000_000;
        using var current = new ThreadLocal<TaskScope?>();
        var stage = new Stage(1, current);
        var (count, claimed, wrong, isOver) = (0, 0, 0, false);
        var threads = Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (stage.TryClaim(out var index))
                {
                    if (index >= Volatile.Read(ref count))
                    {
                        Interlocked.Increment(ref wrong);
                    }

                    Interlocked.Increment(ref claimed);
                }
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        for (var round = 0; round < Rounds && Volatile.Read(ref wrong) == 0; round++)
        {
            Volatile.Write(ref claimed, 0);
            Volatile.Write(ref count, 1 + (round % 4));
            stage.Open(null!, null!, null!, 0, null, count);
            while (Volatile.Read(ref claimed) < count)
            {
                Thread.SpinWait(1);
            }

            stage.Close();
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, wrong);
    }
}
