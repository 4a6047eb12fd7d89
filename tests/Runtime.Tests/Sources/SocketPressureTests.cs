using System.Text;

namespace CodegenStreaming.Tests.Sources;

public sealed class SocketPressureTests
{
    private const int Paused = 2000;
    private const int MaxPendingBytes = 256 * 1024;

    [Fact]
    public async Task ServerFasterThanProcessing_IsHeldUp_AndEveryLineCounted()
    {
        const int total = 400_000;
        using var server = new TextServer();
        await using var run = new InputRun<Utf8Slice>(
            context => context.SocketUtf8Stream(TextServer.Host, server.Port), maxPendingBytes: MaxPendingBytes).Start();
        using var connection = await server.AcceptAsync();
        var sending = SendNumbersAsync(connection, total, lineLength: 100); // 40 MB, more than any socket buffer holds.

        // Processing stands still: the server cannot get rid of its lines.
        await Eventually.True(() => run.Memory.IsFull, "the bound");
        Assert.False(sending.IsCompleted);

        var (count, sum, largest) = (0L, 0L, 0L);
        await Eventually.True(
            () =>
            {
                using var batch = run.Allocate();
                largest = Math.Max(largest, batch.Blocks.Sum(block => block.ByteSize));
                foreach (var line in batch.Blocks.SelectMany(block => block.Read()))
                {
                    count++;
                    sum += int.Parse(line.Span, System.Globalization.CultureInfo.InvariantCulture);
                }

                return count >= total;
            },
            "all lines");
        await sending;

        Assert.Equal(total, count);
        Assert.Equal((long)total * (total - 1) / 2, sum);
        Assert.InRange(largest, 1, MaxPendingBytes + (64 * 1024)); // And the line that a chunk's reservation did not foresee.
        Assert.Equal(1, run.Log.Count(Paused));
        Assert.Contains("Socket stream [0]", Assert.Single(run.Log.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoSources_ShareTheBound_AndBothGoOn()
    {
        const int total = 100_000;
        using var server = new TextServer();
        await using var run = new InputRun<string>(
            context => context.SocketTextStream(TextServer.Host, server.Port), maxPendingBytes: MaxPendingBytes).Start();
        using var connection = await server.AcceptAsync();
        var sending = SendNumbersAsync(connection, total, lineLength: 1);
        await Eventually.True(() => run.Memory.IsFull, "the bound");

        // Another source waits in the same line and gets its turn.
        var other = ReserveAndReleaseAsync(run.Memory);
        Assert.False(other.IsCompleted);
        Assert.Equal(total, (await run.TakeAsync(total)).Count);
        await other;
        await sending;
    }

    private static async Task ReserveAndReleaseAsync(CodegenStreaming.Batches.PendingMemory memory)
    {
        await memory.ReserveAsync(1000, TestContext.Current.CancellationToken);
        memory.Release(1000);
    }

    private static async Task SendNumbersAsync(TextConnection connection, int total, int lineLength)
    {
        var text = new StringBuilder();
        for (var number = 0; number < total; number++)
        {
            text.Append(number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(lineLength, '0')).Append('\n');
            if (text.Length > 50_000 || number == total - 1)
            {
                await connection.SendAsync(text.ToString());
                text.Clear();
            }
        }
    }
}
