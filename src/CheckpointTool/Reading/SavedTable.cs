using System.IO.Hashing;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>Takes an entry of a state.</summary>
/// <param name="key">The key's bytes.</param>
/// <param name="state">The state's.</param>
/// <param name="time">The time of the last update, in milliseconds; null where states have none.</param>
/// <returns>False when enough entries were given.</returns>
internal delegate bool EntryTaker(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> state, long? time);

/// <summary>
/// A partition of a state as its files say: all of it as it once was, then the changes. It is read from the end, so that the last word about a key comes first and only
/// keys of the changes have to be remembered, of which there are never many more than in the whole: one file lies in memory at a time, and a hash of each changed key.
/// </summary>
/// <param name="Whole">The files of the whole.</param>
/// <param name="Changes">Those of the changes, the oldest first.</param>
internal sealed record SavedTable(IReadOnlyList<CheckpointFile> Whole, IReadOnlyList<CheckpointFile> Changes)
{
    /// <summary>The keys that have a state.</summary>
    public long Count(SavedSchemas schemas, Func<CheckpointFile, ReadOnlyMemory<byte>> read) => Walk(schemas, read, null);

    /// <summary>Gives the entries, those that changed last first.</summary>
    /// <param name="schemas">Keys and states as the checkpoint's program knows them.</param>
    /// <param name="read">Reads a file.</param>
    /// <param name="take">Takes them.</param>
    /// <exception cref="CorruptRecordException">A file is damaged.</exception>
    /// <exception cref="IncompatibleSchemaException">A file is of other keys or states.</exception>
    public void Read(SavedSchemas schemas, Func<CheckpointFile, ReadOnlyMemory<byte>> read, EntryTaker take) => Walk(schemas, read, take);

    private long Walk(SavedSchemas schemas, Func<CheckpointFile, ReadOnlyMemory<byte>> read, EntryTaker? take)
    {
        var count = 0L;
        var settled = new HashSet<UInt128>();
        foreach (var file in Changes.Reverse())
        {
            var scan = StateFileScan.Read(read(file), file.Name);
            var readers = schemas.ReadersOf(scan);
            foreach (var chunk in scan.Chunks.Reverse())
            {
                if (!WalkChunk(scan, chunk, readers, settled, isChange: true, take, ref count))
                {
                    return count;
                }
            }
        }

        foreach (var file in Whole)
        {
            var scan = StateFileScan.Read(read(file), file.Name);
            var readers = schemas.ReadersOf(scan);
            foreach (var chunk in scan.Chunks)
            {
                if (take is null && settled.Count == 0)
                {
                    count += chunk.Kind == StateChunk.Entries ? chunk.Count : 0;
                }
                else if (!WalkChunk(scan, chunk, readers, settled, isChange: false, take, ref count))
                {
                    return count;
                }
            }
        }

        return count;
    }

    private static bool WalkChunk(
        StateFileScan scan, ScannedChunk chunk, (ValueReader Keys, ValueReader States) readers, HashSet<UInt128> settled, bool isChange, EntryTaker? take, ref long count)
    {
        var content = scan.Content.Span;
        var keys = new RecordReader(content[chunk.Keys]);
        var states = new RecordReader(content[chunk.States]);
        var times = new RecordReader(content[chunk.Times..]);
        for (var index = 0; index < chunk.Count; index++)
        {
            var key = readers.Keys.Next(ref keys);
            var hash = XxHash128.HashToUInt128(key);
            var isNews = isChange ? settled.Add(hash) : !settled.Contains(hash);
            if (chunk.Kind != StateChunk.Entries)
            {
                continue;
            }

            var state = take is null ? default : readers.States.Next(ref states);
            long? time = take is not null && scan.HasTimes ? times.ReadInt64() : null;
            if (isNews)
            {
                count++;
                if (take is not null && !take(key, state, time))
                {
                    return false;
                }
            }
        }

        if (keys.Remaining > 0)
        {
            keys.Fail("Bytes are left behind the keys");
        }

        return true;
    }
}

/// <summary>Keys and states as the checkpoint's program knows them.</summary>
/// <param name="Keys">How keys are written.</param>
/// <param name="States">How states are.</param>
/// <param name="Pool">Where memory comes from.</param>
internal sealed record SavedSchemas(RecordSchema Keys, RecordSchema States, BlockPool Pool)
{
    /// <exception cref="IncompatibleSchemaException">A file is of other keys or states.</exception>
    public (ValueReader Keys, ValueReader States) ReadersOf(StateFileScan scan) => (new ValueReader(scan.Keys, Keys, Pool), new ValueReader(scan.States, States, Pool));
}
