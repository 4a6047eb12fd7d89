using CodegenStreaming.Checkpoints;
using CodegenStreaming.Memory;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Checkpoints;

/// <summary>Who may write checkpoints.</summary>
public sealed class CheckpointLeaseTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);
    private readonly BlockPool _pool = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedStore _store = new(isObjectStore: true, new Random(1));

    [Fact]
    public void SecondProcess_IsRefused_WithTheNameOfTheFirst()
    {
        Acquire("first", 17);
        var refusal = Assert.Throws<CheckpointInUseException>(() => Acquire("second", 18));
        Assert.Contains("first, process 17 on host", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_store.Location, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SecondContextOfTheSameProcess_IsRefusedToo()
    {
        Acquire("first", 17);
        Assert.Throws<CheckpointInUseException>(() => Acquire("first", 17));
    }

    [Fact]
    public void LeaseThatIsNotRenewed_Ends_AndItsHolderCanNeitherRenewNorPublish()
    {
        var first = Acquire("first", 17);
        var log = new ManifestLog(_store, first.Fence, _pool);
        log.Publish([], []);
        _time.Advance(Duration);
        var second = Acquire("second", 18);
        Assert.Equal(first.Fence + 1, second.Fence);
        Assert.Throws<CheckpointTakenOverException>(first.Renew);
        Assert.Throws<CheckpointTakenOverException>(() => log.Publish([], []));
        Assert.Equal(first.Fence, ManifestLog.ReadNewest(_store)!.Fence);
        Assert.Equal(2, new ManifestLog(_store, second.Fence, _pool).Publish([], []).Number);
    }

    [Fact]
    public void LeaseThatIsRenewed_GoesOn()
    {
        var lease = Acquire("first", 17);
        for (var renewal = 0; renewal < 5; renewal++)
        {
            _time.Advance(Duration / 2);
            lease.Renew();
        }

        Assert.Throws<CheckpointInUseException>(() => Acquire("second", 18));
        Assert.Single(_store.List());
    }

    [Fact]
    public void LeaseThatIsGivenUp_OrWhoseProcessIsDead_IsFreeAtOnce()
    {
        Acquire("first", 17).Release();
        var second = Acquire("second", 18);
        Assert.Equal(3, Acquire("third", 19, holder => holder.ProcessId == 18).Fence);
        Assert.Throws<CheckpointTakenOverException>(second.Release);
    }

    /// <summary>A paused process wakes between looking for the number of its manifest and creating it, long after another has gone on and cleaned up.</summary>
    [Fact]
    public void PausedProcess_CannotPublish_EvenWhereItsNumberIsFreeAgain()
    {
        var first = Acquire("first", 17);
        var paused = new PausedStore(_store);
        var log = new ManifestLog(paused, first.Fence, _pool);
        log.Publish([], []);
        paused.BeforeCreate = () =>
        {
            paused.BeforeCreate = null;
            _time.Advance(Duration);
            var other = new ManifestLog(_store, Acquire("second", 18).Fence, _pool);
            for (var batch = 0; batch < 5; batch++)
            {
                other.Publish([], []);
                other.Clean(1);
            }
        };
        Assert.Throws<CheckpointTakenOverException>(() => log.Publish([], []));
        Assert.Equal(first.Fence + 1, ManifestLog.ReadNewest(_store)!.Fence);
    }

    private CheckpointLease Acquire(string application, int process, Func<LeaseHolder, bool>? isKnownDead = null) =>
        CheckpointLease.Acquire(_store, new LeaseHolder(application, "host", process, 1, Guid.NewGuid()), Duration, _time, isKnownDead ?? (static _ => false), _pool);

    private sealed class PausedStore(ICheckpointStore store) : ICheckpointStore
    {
        public string Location => store.Location;

        public Action? BeforeCreate { get; set; }

        public IReadOnlyCollection<string> List() => store.List();

        public byte[]? Read(string name) => store.Read(name);

        public bool TryCreate(string name, ReadOnlySpan<byte> bytes)
        {
            BeforeCreate?.Invoke();
            return store.TryCreate(name, bytes);
        }

        public void Delete(string name) => store.Delete(name);
    }
}
