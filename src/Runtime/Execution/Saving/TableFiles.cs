using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Saving;

/// <summary>
/// The files of one partition of a state: all of it as it once was, and what has changed since, in order. When the changes have become longer than that, or are
/// many, all of it is written anew, so that what is written and what a restart reads stay in proportion to what changes and to the state.
/// </summary>
internal sealed class TableFiles
{
    /// <summary>Below this length of the changes only their number counts.</summary>
    private const long FewBytes = 1024 * 1024;

    private const int MostChanges = 64;

    private readonly List<CheckpointFile> _whole = [];
    private readonly List<CheckpointFile> _changes = [];

    /// <summary>True where changes that no file has were lost.</summary>
    private bool _isBroken = true;

    /// <summary>All files, in the order in which they are read.</summary>
    public IEnumerable<CheckpointFile> Files => _whole.Concat(_changes);

    /// <summary>Whether the next snapshot is written as a whole, and not what has changed since the one before. While none is being written.</summary>
    public bool WritesAll => _isBroken || _changes.Count >= MostChanges || Length(_changes) > Math.Max(FewBytes, Length(_whole));

    /// <summary>Writes a snapshot, the next one of the table.</summary>
    /// <exception cref="IOException">A file cannot be written; the next snapshot is written as a whole.</exception>
    public void Write(TableSnapshot snapshot, BlockPool pool, Func<ReadOnlySpan<byte>, CheckpointFile> write)
    {
        var writesAll = WritesAll;
        if (!writesAll && !snapshot.HasChanges)
        {
            return;
        }

        _isBroken = true;
        if (writesAll)
        {
            _whole.Clear();
            _changes.Clear();
            snapshot.WriteAll(pool, bytes => _whole.Add(write(bytes)));
        }
        else
        {
            snapshot.WriteChanges(pool, bytes => _changes.Add(write(bytes)));
        }

        _isBroken = false;
    }

    /// <summary>A snapshot was given up: what had changed until then is in no file.</summary>
    public void Break() => _isBroken = true;

    /// <summary>Writes which files they are: as many of the stream's files, in this order.</summary>
    public void Describe(ref RecordWriter writer)
    {
        writer.WriteInt32(_whole.Count);
        writer.WriteInt32(_changes.Count);
    }

    /// <summary>Reads what <see cref="Describe"/> has written. The next snapshot may be one of changes.</summary>
    public static TableFiles Read(ref RecordReader reader, IEnumerator<CheckpointFile> files)
    {
        var table = new TableFiles { _isBroken = false };
        var (whole, changes) = (reader.ReadInt32(), reader.ReadInt32());
        Take(whole, table._whole, files, ref reader);
        Take(changes, table._changes, files, ref reader);
        return table;
    }

    private static void Take(int count, List<CheckpointFile> target, IEnumerator<CheckpointFile> files, ref RecordReader reader)
    {
        for (var index = 0; index < count; index++)
        {
            if (!files.MoveNext())
            {
                reader.Fail("Fewer files are named than a state is made of");
            }

            target.Add(files.Current);
        }
    }

    private static long Length(List<CheckpointFile> files) => files.Sum(static file => file.Length);
}
