using CodegenStreaming.Checkpoints;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>Which programs need checkpoints, and how often they are made.</summary>
public sealed class CheckpointIntervalTests : IDisposable
{
    private readonly RestartedProgram _program = new();

    [Fact]
    public async Task Statement83_AnInverseWindow_NeedsACheckpointDirectory()
    {
        await using var streaming = new StreamingContext(new StreamingOptions());
        _program.Pairs(streaming).ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds(2)).Named("sums").Print();
        var refusal = Assert.Throws<CheckpointException>(streaming.Start);
        Assert.Contains("sums", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("streaming.Checkpoint(", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StreamingContextState.Stopped, streaming.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Statement83_SoDoStates_UnlessTheyMayBeLost(bool allowed)
    {
        await using var streaming = new StreamingContext(new StreamingOptions { AllowUnsavedState = allowed });
        _program.Pairs(streaming).Totals().Print();
        if (allowed)
        {
            streaming.Start();
        }
        else
        {
            Assert.Throws<CheckpointException>(streaming.Start);
        }
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 12)]
    [InlineData(15, 15)]
    public async Task Statement93_TheDefaultInterval_IsTheLeastMultipleOfTheSlide_OfTenSecondsOrMore(int batchSeconds, int seconds)
    {
        var stored = await SecondsOfStatesAsync(batchSeconds, 3 * seconds, streaming => _program.Pairs(streaming).Totals().Print());
        Assert.Equal([seconds, 2 * seconds, 3 * seconds], stored);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(2.0)]
    [InlineData(3.0)]
    public async Task Statement94_AnInterval_IsAMultipleOfTheSlide(double seconds)
    {
        await using var streaming = new StreamingContext(new StreamingOptions(), new VirtualTime(RestartedProgram.Beginning));
        streaming.UseCheckpoints(_program.Store);
        _program.Pairs(streaming).ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2)).Named("sums")
            .Checkpoint(TimeSpan.FromSeconds(seconds)).Print();
        if (seconds == 2)
        {
            streaming.Start();
        }
        else
        {
            Assert.Contains("sums", Assert.Throws<ArgumentException>(streaming.Start).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData(4, 4)]
    public async Task Statement97_StatesThatAreMapped_AreSavedEachTenBatches_OrAsTheUserSays(int? asked, int expected)
    {
        var stored = await SecondsOfStatesAsync(2, 80, streaming =>
        {
            var mapped = _program.Pairs(streaming).MapWithState(CheckpointedStreams.Count());
            (asked is { } batches ? mapped.Checkpoint(TimeSpan.FromSeconds(2 * batches)) : mapped).Print();
        });
        Assert.Equal(Enumerable.Range(1, 40 / expected).Select(nth => 2 * nth * expected), stored);
    }

    public void Dispose() => _program.Dispose();

    /// <summary>The seconds after which states were saved, as the manifests say.</summary>
    private async Task<List<int>> SecondsOfStatesAsync(int batchSeconds, int seconds, Action<StreamingContext> define)
    {
        _program.Write("1", 1, "a 1");
        var time = new VirtualTime(RestartedProgram.Beginning);
        await using var streaming = new StreamingContext(new StreamingOptions { BatchInterval = TimeSpan.FromSeconds(batchSeconds) }, time, output: TextWriter.Null);
        streaming.UseCheckpoints(_program.Store);
        define(streaming);
        streaming.Start();
        var stored = new List<int>();
        for (var second = 0; second < seconds; second += batchSeconds)
        {
            time.Advance(TimeSpan.FromSeconds(batchSeconds));
            await streaming.Run!.Ledger.WaitUntilIdleAsync();
            await streaming.Run!.Checkpoints!.WaitUntilWrittenAsync();
            if (ContentFormat.Read(ManifestLog.ReadNewest(_program.Store)!).Data.Number * batchSeconds == second + batchSeconds)
            {
                stored.Add(second + batchSeconds);
            }
        }

        return stored;
    }
}
