using CodegenStreaming.Checkpoints;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Checkpoints;

/// <summary>Files of a checkpoint: as they were written, or refused.</summary>
public sealed class CheckpointFileTests
{
    private readonly BlockPool _pool = new();

    [Fact]
    public void Manifest_IsReadAsItWasWritten()
    {
        var manifest = Sample(new Random(3));
        var read = CheckpointManifest.Read(manifest.ToBytes(_pool), "m");
        Assert.Equal((manifest.Number, manifest.Fence, manifest.NextFile), (read.Number, read.Fence, read.NextFile));
        Assert.Equal(manifest.Files, read.Files);
        Assert.Equal(manifest.Sections.Select(section => (section.Name, Convert.ToHexString(section.Content.Span))), read.Sections.Select(section => (section.Name, Convert.ToHexString(section.Content.Span))));
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void DamagedManifest_IsRefused_WithItsName()
    {
        const int Cases = 100_000;
        var random = new Random(Environment.TickCount);
        var bytes = Sample(random).ToBytes(_pool);
        var intact = bytes.ToArray();
        for (var number = 0; number < Cases; number++)
        {
            var damaged = random.Next(4) switch
            {
                0 => intact[..random.Next(intact.Length)],
                1 => [.. intact, .. new byte[random.Next(1, 9)]],
                _ => [.. intact],
            };
            for (var changes = random.Next(1, 4); changes > 0 && damaged.Length == intact.Length; changes--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            if (damaged.AsSpan().SequenceEqual(intact))
            {
                continue;
            }

            var refusal = Assert.Throws<CorruptRecordException>(() => CheckpointManifest.Read(damaged, "manifest-7"));
            Assert.StartsWith("manifest-7: ", refusal.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Also where the checksum is right: what was written by something else.</summary>
    [Fact]
    public void NonsenseWithAChecksum_IsAManifestOrRefused()
    {
        const int Cases = 100_000;
        var random = new Random(Environment.TickCount);
        var content = SealedFile.Open(FileKind.Manifest, Sample(random).ToBytes(_pool), "m").ToArray();
        var refused = 0;
        for (var number = 0; number < Cases; number++)
        {
            byte[] changed = [.. content];
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                CheckpointManifest.Read(SealedFile.Seal(FileKind.Manifest, changed), "m");
            }
            catch (CorruptRecordException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, Cases - 1);
    }

    [Fact]
    public void FileOfAnotherKind_OrAnotherVersion_IsRefused()
    {
        var file = SealedFile.Seal(FileKind.Lease, [1, 2, 3]);
        Assert.Equal([1, 2, 3], SealedFile.Open(FileKind.Lease, file, "f").ToArray());
        Assert.Contains("a Lease where a Manifest", Assert.Throws<CorruptRecordException>(() => SealedFile.Open(FileKind.Manifest, file, "f")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Directory_HoldsFiles_EachCreatedOnce()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalCheckpointStore(Path.Combine(folder.Root, "a", "b"));
        Assert.Empty(store.List());
        Assert.Null(store.Read("one"));
        Assert.True(store.TryCreate("one", [1, 2]));
        Assert.False(store.TryCreate("one", [3]));
        Assert.True(store.TryCreate("two", []));
        Assert.Equal([1, 2], store.Read("one"));
        Assert.Equal(["one", "two"], store.List().Order());
        store.Delete("one");
        store.Delete("one");
        Assert.Null(store.Read("one"));
        Assert.True(store.TryCreate("one", [4]));
    }

    [Fact]
    public void DirectoryThatCannotBe_IsRefused_WithItsPath()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Root, "file");
        File.WriteAllText(file, "");
        var refusal = Assert.Throws<IOException>(() => new LocalCheckpointStore(Path.Combine(file, "checkpoint")));
        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManifestOfADirectory_IsFoundAgain_AndATornOneAboveItIsPassedOver()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalCheckpointStore(folder.Root);
        var log = new ManifestLog(store, 1, _pool);
        var file = log.Write([5, 6, 7]);
        log.Publish([file], []);
        Assert.True(store.TryCreate(FileNames.OfManifest(2), [1, 2, 3]));
        var problems = new List<string>();
        var newest = ManifestLog.ReadNewest(store, (name, problem) => problems.Add($"{name}: {problem}"));
        Assert.Equal(1, newest!.Number);
        Assert.Equal([5, 6, 7], ManifestLog.ReadFile(store, newest.Files[0]).ToArray());
        Assert.Contains(FileNames.OfManifest(2), Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal(3, log.Publish([], []).Number);

        File.Delete(Path.Combine(folder.Root, FileNames.OfManifest(3)));
        File.Delete(Path.Combine(folder.Root, file.Name));
        Assert.Null(ManifestLog.ReadNewest(store, (_, problem) => problems.Add(problem)));
        Assert.Contains(file.Name, problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Cleaning_LeavesWhatTheNextManifestWillNeed_AndTakesWhatNoneNeeds()
    {
        var store = new SimulatedStore(isObjectStore: true, new Random(1));
        var before = new ManifestLog(store, 1, _pool);
        var old = before.Write([1]);
        before.Publish([old], []);
        before.Write([2]); // Its manifest was never published.
        var log = new ManifestLog(store, 2, _pool);
        var first = log.Write([3]);
        log.Write([4]); // Nobody needs it.
        log.Publish([old, first], []);
        var next = log.Write([5]);
        log.Clean(1);
        Assert.Equal([old.Name, first.Name, next.Name, FileNames.OfManifest(2)], store.List().Order());
        log.Publish([next], []);
        log.Clean(2);
        Assert.Equal(5, store.List().Count);
        log.Publish([next], []);
        log.Clean(2);
        Assert.Equal([next.Name, FileNames.OfManifest(3), FileNames.OfManifest(4)], store.List().Order());
        Assert.Equal([5], ManifestLog.ReadFile(store, next).ToArray());
    }

    private static CheckpointManifest Sample(Random random) => new(
        random.NextInt64(),
        random.NextInt64(),
        random.NextInt64(),
        [.. Enumerable.Range(0, 5).Select(index => new CheckpointFile($"data-{index}", random.NextInt64(), (uint)random.Next()))],
        [.. Enumerable.Range(0, 3).Select(index => new CheckpointSection($"section {index}", new byte[random.Next(30)]))]);
}
