namespace CodegenStreaming.Conformance.Recovery;

/// <summary>Starts that are refused for other reasons than a stream leave the checkpoint to the program that wrote it.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly RestartedProgram _program = new();

    [Fact]
    public async Task QueueInAProgramThatGoesOn_IsRefused_BeforeStatesItHasNot_AreDropped()
    {
        await BeginAsync(isGraceful: true);
        var refusal = await Assert.ThrowsAsync<CheckpointException>(() => _program.RunAsync(1, static streaming => streaming.QueueStream(new Queue<IEnumerable<string>>()).Print()));
        Assert.Contains("QueueStream", refusal.Message, StringComparison.Ordinal);
        await GoOnAsync();
    }

    [Fact]
    public async Task OtherBatchInterval_AfterARunThatJustEnded_IsRefused()
    {
        await BeginAsync(isGraceful: false);
        var refusal = await Assert.ThrowsAsync<IncompatibleStateException>(() => _program.RunAsync(1, Define, change: static options => options.BatchInterval = TimeSpan.FromSeconds(2)));
        Assert.Contains("not stopped gracefully", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("StopAsync(graceful: true)", refusal.Message, StringComparison.Ordinal);
        await GoOnAsync();
    }

    public void Dispose() => _program.Dispose();

    private async Task BeginAsync(bool isGraceful)
    {
        _program.Write("a", 1, "x", "y", "x");
        await _program.RunAsync(3, Define, isGraceful);
        Assert.Equal("(x, 2) (y, 1)", _program.Lines[^1]);
    }

    private async Task GoOnAsync()
    {
        _program.Write("b", _program.Second + 1, "x");
        await _program.RunAsync(2, Define);
        Assert.Equal("(x, 3) (y, 1)", _program.Lines[^1]);
    }

    private void Define(StreamingContext streaming) => streaming.TextFileStream(_program.Folder)
        .Map(static line => (line, 1))
        .UpdateStateByKey(static (IReadOnlyList<int> values, Option<long> state) => new Option<long>(state.GetValueOrDefault() + values.Count))
        .ForeachRdd(rdd => _program.Lines.Add(string.Join(" ", rdd.Collect().Select(static pair => pair.ToString()).Order(StringComparer.Ordinal))));
}
