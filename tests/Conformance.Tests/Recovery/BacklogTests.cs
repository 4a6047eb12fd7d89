using CodegenStreaming.Checkpoints;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>A program that is behind makes checkpoints while it catches up: one that is killed meanwhile goes on from there, however often.</summary>
public sealed class BacklogTests : IDisposable
{
    private const int Missed = 20;

    private readonly RestartedProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task StatesAreSaved_WhileBatchesThatWereMissedAreCaughtUpWith()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _program.RunAsync(2, streaming => Define(streaming, _ => { }), change: Change);
        _program.Second += Missed;
        var late = new List<long>();

        // Nothing is awaited but by the batches: all that were missed are made at once, and are done one after another.
        await _program.RunAsync(1, streaming => Define(streaming, number =>
        {
            if (number % 2 == 1 && number > 2 && !SpinWait.SpinUntil(() => cancellation.IsCancellationRequested || Saved() >= number - 1, TimeSpan.FromSeconds(5)))
            {
                late.Add(number);
            }
        }), change: Change);

        Assert.Empty(late);
    }

    private static void Change(StreamingOptions options) => options.CheckpointInterval = TimeSpan.FromSeconds(2);

    private void Define(StreamingContext streaming, Action<long> see) =>
        streaming.TextFileStream(_program.Folder)
            .Map(line => (line, 1))
            .UpdateStateByKey<string, int, int>((values, state) => new Option<int>(state.GetValueOrDefault() + values.Sum()))
            .ForeachRdd((_, time) => see(RestartedProgram.NumberOf(time)));

    /// <summary>The batch after which states were saved last.</summary>
    private long Saved() => ContentFormat.Read(ManifestLog.ReadNewest(_program.Store)!).Data.Number;
}
