using System.Buffers.Binary;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Memory;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Checkpoints;

/// <summary>
/// A program that keeps a count in checkpoints (a base now and then, deltas between) and is stopped at each single step of its store, or told there that nothing
/// can be written. Whatever was published before is what it goes on from.
/// </summary>
public sealed class CrashSweepTests
{
    private const int Batches = 12;
    private const int Kept = 2;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);
    private readonly BlockPool _pool = new();

    public static TheoryData<bool, int> Cases => new MatrixTheoryData<bool, int>([false, true], [(int)Fault.Crash, (int)Fault.Error]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void StoppedAtAnyStep_TheProgramGoesOn_WithAllThatWasPublished(bool isObjectStore, int faultKind)
    {
        var fault = (Fault)faultKind;
        var points = 0;
        for (var seed = 0; seed < 4; seed++)
        {
            var steps = Run(isObjectStore, Fault.None, 0, seed);
            for (var step = 1; step <= steps; step++, points++)
            {
                try
                {
                    Run(isObjectStore, fault, step, seed);
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"Failed at step {step} of seed {seed}.", exception);
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{points} points");
        Assert.True(points > 400, $"Only {points} points.");
    }

    /// <returns>How many steps it took.</returns>
    private int Run(bool isObjectStore, Fault fault, int faultAt, int seed)
    {
        var random = new Random(HashCode.Combine(seed, faultAt));
        var store = new SimulatedStore(isObjectStore, random) { Fault = fault, FaultAt = faultAt };
        var time = new FakeTimeProvider();
        var published = 0;
        for (var incarnation = 1; published < Batches; incarnation++)
        {
            Assert.True(incarnation < 10, "It never ends.");
            try
            {
                Live(store, time, incarnation, ref published);
            }
            catch (CrashException)
            {
                store.Restart();
            }
        }

        var steps = store.Steps;
        store.FaultAt = 0;
        var names = store.List();
        Assert.True(names.Count(name => FileNames.TryParseManifest(name, out _)) <= Kept + 1, string.Join(' ', names)); // One may have been torn.
        Assert.True(names.Count(name => FileNames.TryParseData(name, out _, out _)) <= 2 * 5, string.Join(' ', names)); // The deltas since two bases.
        Assert.Equal(0, _pool.Outstanding);
        return steps;
    }

    /// <summary>One process, from its start to its end. What it throws but a crash, it meets by trying again.</summary>
    private void Live(SimulatedStore store, FakeTimeProvider time, int incarnation, ref int published)
    {
        var holder = new LeaseHolder("test", "machine", incarnation, incarnation, Guid.NewGuid());
        var lease = Insist(() => CheckpointLease.Acquire(store, holder, Duration, time, other => other.ProcessId < incarnation, _pool));
        var log = new ManifestLog(store, lease.Fence, _pool);
        var newest = Insist(() => ManifestLog.ReadNewest(store));
        var batch = newest is null ? 0 : (int)BinaryPrimitives.ReadInt64LittleEndian(newest.Sections[0].Content.Span);

        // One may have been published that its process has not been told of.
        Assert.InRange(batch, published, published + 1);
        Assert.Equal(Enumerable.Range(1, batch), newest is null ? [] : Insist(() => ReadAll(store, newest)));
        var files = newest?.Files ?? [];
        while (published < Batches)
        {
            batch++;
            var isBase = batch % 5 == 0;
            var content = isBase ? Enumerable.Range(1, batch) : [batch];
            var file = Insist(() => log.Write(Bytes(content)));
            IReadOnlyList<CheckpointFile> all = isBase ? [file] : [.. files, file];
            var section = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(section, batch);
            Insist(() => log.Publish(all, [new CheckpointSection("batch", section)]));
            (published, files) = (batch, all);
            Insist(() =>
            {
                log.Clean(Kept);
                return true;
            });
            time.Advance(TimeSpan.FromSeconds(1));
            Insist(() =>
            {
                lease.Renew();
                return true;
            });
        }

        Insist(() =>
        {
            lease.Release();
            return true;
        });
    }

    private static T Insist<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (IOException)
        {
            return act();
        }
    }

    private static List<int> ReadAll(ICheckpointStore store, CheckpointManifest manifest)
    {
        var numbers = new List<int>();
        foreach (var file in manifest.Files)
        {
            var bytes = ManifestLog.ReadFile(store, file).Span;
            for (; !bytes.IsEmpty; bytes = bytes[sizeof(int)..])
            {
                numbers.Add(BinaryPrimitives.ReadInt32LittleEndian(bytes));
            }
        }

        return numbers;
    }

    private static byte[] Bytes(IEnumerable<int> numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];
}
