using CodegenStreaming.Tests.Checkpoints;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>
/// The reference program is stopped, or refused, at each step that its store does; restarted and run to its end, it has put out and kept what it would have had
/// without.
/// </summary>
public sealed class RecoverySweepTests(ITestOutputHelper log)
{
    private const int Seconds = 10;

    [Theory]
    [InlineData(false, (int)Fault.Crash)]
    [InlineData(false, (int)Fault.Error)]
    [InlineData(true, (int)Fault.Crash)]
    [InlineData(true, (int)Fault.Error)]
    public async Task Fault_AtEachStep_ChangesNothing(bool isObjectStore, int fault)
    {
        const int Seed = 11;
        IReadOnlyList<string> expected;
        int steps;
        using (var undisturbed = new ReferenceRun(Seconds, Seed))
        {
            var store = new SimulatedStore(isObjectStore, new Random(Seed));
            Assert.Null(await undisturbed.RunAsync(store, 0));
            (expected, steps) = (undisturbed.Outputs, store.Steps);
        }

        for (var step = 1; step <= steps; step++)
        {
            using var run = new ReferenceRun(Seconds, Seed);
            var store = new SimulatedStore(isObjectStore, new Random(step)) { Fault = (Fault)fault, FaultAt = step };
            var runs = 1;
            for (var second = await run.RunAsync(store, 0); second is { } from; second = await run.RunAsync(store, from))
            {
                Assert.True(++runs < 5, $"step {step}: {string.Join("; ", run.Failures)}");
                store.Restart();
            }

            var outputs = run.Outputs;
            Assert.True(expected.SequenceEqual(outputs), $"step {step}: missing {string.Join(" | ", expected.Except(outputs))}; too much {string.Join(" | ", outputs.Except(expected))}");
        }

        log.WriteLine($"{steps} points, {(isObjectStore ? "object store" : "file system")}, {(Fault)fault}");
    }
}
