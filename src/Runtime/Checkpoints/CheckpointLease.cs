using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Checkpoints;

/// <summary>Who has a lease.</summary>
/// <param name="Application">The application's name.</param>
/// <param name="Machine">The machine's.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStarted">When it was started, in UTC ticks: process numbers come again.</param>
/// <param name="Context">The streaming context, of which a process may have several.</param>
internal sealed record LeaseHolder(string Application, string Machine, int ProcessId, long ProcessStarted, Guid Context);

/// <summary>
/// The right to write checkpoints into a store. Each lease has a higher number than those before it. It is held for a while, renewed by a file with the next
/// number, and given up by one that says so; when its time is over, or its process is known to be dead, another process may take over, and the one before finds out
/// when it next publishes or renews. Used by one thread at a time.
/// </summary>
internal sealed class CheckpointLease
{
    private readonly ICheckpointStore _store;
    private readonly LeaseHolder _holder;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly BlockPool _pool;
    private long _renewal;

    private CheckpointLease(ICheckpointStore store, LeaseHolder holder, TimeSpan duration, TimeProvider time, BlockPool pool, long fence) =>
        (_store, _holder, _duration, _time, _pool, Fence) = (store, holder, duration, time, pool, fence);

    /// <summary>The lease's number.</summary>
    public long Fence { get; }

    /// <summary>Takes the store, where nobody has it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="holder">This process.</param>
    /// <param name="duration">How long the lease holds without being renewed.</param>
    /// <param name="time">The clock; those of several machines should agree within a small part of the duration.</param>
    /// <param name="isKnownDead">Whether a holder's process has certainly ended: one of this machine that is not there.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <exception cref="CheckpointInUseException">Another process has it.</exception>
    /// <exception cref="IOException">The store cannot be read or written.</exception>
    public static CheckpointLease Acquire(
        ICheckpointStore store, LeaseHolder holder, TimeSpan duration, TimeProvider time, Func<LeaseHolder, bool> isKnownDead, BlockPool pool)
    {
        var (highest, latest) = ReadLatest(store);
        if (latest is { } held && !held.IsReleased && held.Holder != holder && held.Until > time.GetUtcNow() && !isKnownDead(held.Holder))
        {
            throw new CheckpointInUseException(store.Location, held.Holder, held.Until);
        }

        var lease = new CheckpointLease(store, holder, duration, time, pool, highest + 1);
        if (!lease.TryWrite(isReleased: false) || lease.IsTakenOver())
        {
            // Somebody else was as fast; whoever has the highest number has the lease.
            var other = ReadLatest(store).Latest;
            throw new CheckpointInUseException(store.Location, other?.Holder ?? new LeaseHolder("another application", "a machine not known", 0, 0, default), other?.Until ?? time.GetUtcNow() + duration);
        }

        lease.DeleteOthers();
        return lease;
    }

    /// <summary>Holds the lease for its duration from now on.</summary>
    /// <exception cref="CheckpointTakenOverException">Another process has it.</exception>
    /// <exception cref="IOException">The store cannot be written; the lease holds until its time is over.</exception>
    public void Renew() => Write(isReleased: false);

    /// <summary>Gives the lease up.</summary>
    /// <exception cref="CheckpointTakenOverException">Another process has it.</exception>
    /// <exception cref="IOException">The store cannot be written; the lease ends when its time is over.</exception>
    public void Release() => Write(isReleased: true);

    /// <summary>The highest number of a lease that there is, and the latest of those that are whole.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public static (long Highest, Grant? Latest) ReadLatest(ICheckpointStore store)
    {
        var highest = 0L;
        var leases = new List<(long Fence, long Renewal, string Name)>();
        foreach (var name in store.List())
        {
            if (FileNames.TryParseLease(name, out var fence, out var renewal))
            {
                highest = Math.Max(highest, fence);
                leases.Add((fence, renewal, name));
            }
        }

        // A torn one was nobody's yet, or a renewal that its writer does not know of: the one before counts.
        foreach (var (_, _, name) in leases.OrderDescending())
        {
            if (store.Read(name) is { } bytes && Grant.TryRead(bytes, name) is { } grant)
            {
                return (highest, grant);
            }
        }

        return (highest, null);
    }

    private void Write(bool isReleased)
    {
        if (IsTakenOver() || !TryWrite(isReleased) || IsTakenOver())
        {
            throw new CheckpointTakenOverException(_store.Location, Fence);
        }

        DeleteOthers();
    }

    private bool TryWrite(bool isReleased)
    {
        // A number that could not be written is not tried again: something may be there.
        var renewal = _renewal++;
        return _store.TryCreate(FileNames.OfLease(Fence, renewal), new Grant(_holder, _time.GetUtcNow() + _duration, isReleased).ToBytes(_pool));
    }

    private bool IsTakenOver() => _store.List().Any(name => FileNames.TryParseLease(name, out var fence, out _) && fence > Fence);

    private void DeleteOthers()
    {
        foreach (var name in _store.List())
        {
            if (FileNames.TryParseLease(name, out var fence, out var renewal) && (fence < Fence || (fence == Fence && renewal < _renewal - 1)))
            {
                _store.Delete(name);
            }
        }
    }

    /// <summary>What a lease's file says.</summary>
    internal sealed record Grant(LeaseHolder Holder, DateTimeOffset Until, bool IsReleased)
    {
        private const int GuidLength = 16;

        public byte[] ToBytes(BlockPool pool)
        {
            var writer = new RecordWriter(pool);
            try
            {
                writer.WriteString(Holder.Application);
                writer.WriteString(Holder.Machine);
                writer.WriteInt32(Holder.ProcessId);
                writer.WriteInt64(Holder.ProcessStarted);
                writer.WriteBytes(Holder.Context.ToByteArray());
                writer.WriteInt64(Until.UtcTicks);
                writer.WritePresence(IsReleased);
                return SealedFile.Seal(FileKind.Lease, writer.Written);
            }
            finally
            {
                writer.Dispose();
            }
        }

        public static Grant? TryRead(ReadOnlySpan<byte> bytes, string name)
        {
            try
            {
                var reader = new RecordReader(SealedFile.Open(FileKind.Lease, bytes, name));
                var holder = new LeaseHolder(reader.ReadString() ?? "", reader.ReadString() ?? "", reader.ReadInt32(), reader.ReadInt64(), new Guid(reader.ReadBytes(GuidLength)));
                var ticks = reader.ReadInt64();
                return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new Grant(holder, new DateTimeOffset(ticks, TimeSpan.Zero), reader.ReadPresence()) : null;
            }
            catch (CorruptRecordException)
            {
                return null;
            }
        }
    }
}
